import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementCount } from "../graph/elementCount.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { bytesPerElement, type DType, toFloat32 } from "./dtype.ts";
import { toFloat16 } from "./float16.ts";
import { writeSafetensors } from "./safetensors.ts";
import { seededTensor } from "./seeded.ts";
import { bytesSource } from "./source.ts";
import { CheckpointError, type WeightTensor } from "./tensorMap.ts";

/** A file with this header text, which may be anything, and this many zero bytes of data. */
function file(header: string, dataBytes: number, announced?: number): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(announced ?? text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const read = (bytes: Uint8Array<ArrayBuffer>) => readCheckpoint(bytesSource(bytes));
const entry = (shape: unknown, start: unknown, end: unknown, dtype: unknown = "F32") =>
  JSON.stringify({ dtype, shape, data_offsets: [start, end] });

describe("a header that is accepted", () => {
  it("may have metadata, scalars, empty tensors and whole numbers", async () => {
    const header = `{"__metadata__":{"format":"pt"},"a":${entry([], 0, 4)},"b":${entry([0, 3], 4, 4)},"n":${entry([], 4, 12, "I64")}}`;
    const { tensors, integers, metadata } = await read(file(header, 12));
    expect(tensors.get("a")).toEqual({ shape: [], data: new Float32Array(1) });
    expect(tensors.get("b")).toEqual({ shape: [0, 3], data: new Float32Array(0) });
    expect(integers).toEqual(["n"]);
    expect(metadata).toEqual(new Map([["format", "pt"]]));
  });

  it("may have long metadata full of quotes, as trainers note their settings", async () => {
    const settings = JSON.stringify({ tags: '"a": 1, '.repeat(1_000_000) });
    const header = `{"__metadata__":${JSON.stringify({ settings })},"a":${entry([], 0, 4)}}`;
    const { tensors, metadata } = await read(file(header, 4));
    expect([...tensors.keys()]).toEqual(["a"]);
    expect(metadata?.get("settings")).toHaveLength(settings.length);
  });

  it("may name tensors like properties of objects", async () => {
    const header = `{"constructor":${entry([1], 0, 4)},"toString":${entry([1], 4, 8)}}`;
    expect([...(await read(file(header, 8))).tensors.keys()]).toEqual(["constructor", "toString"]);
  });

  it("may name tensors by numbers, which objects of JavaScript put first", async () => {
    const header = `{"b":${entry([1], 0, 4)},"1":${entry([1], 4, 8)},"0":${entry([1], 8, 12)}}`;
    expect([...(await read(file(header, 12))).tensors.keys()]).toEqual(["b", "1", "0"]);
  });
});

describe("the order of a header", () => {
  /** Tensors of up to three axes, empty ones too, and an order for the members of the header. */
  const layouts = fc
    .array(
      fc.record({
        shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
        dtype: fc.constantFrom<DType>("F32", "F16", "BF16", "I64"),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .chain((tensors) =>
      fc.record({
        tensors: fc.constant(tensors),
        order: fc.shuffledSubarray(
          tensors.map((_, index) => index),
          { minLength: tensors.length },
        ),
      }),
    );

  interface Placed {
    readonly shape: readonly number[];
    readonly dtype: DType;
    readonly start: number;
    readonly end: number;
  }

  function placed(tensors: readonly Pick<Placed, "shape" | "dtype">[]): readonly Placed[] {
    let end = 0;
    return tensors.map(({ shape, dtype }) => {
      const start = end;
      end += elementCount(shape) * bytesPerElement[dtype];
      return { shape, dtype, start, end };
    });
  }

  /** A file with these members in this order, and bytes that are all different from their neighbours. */
  function written(tensors: readonly Placed[], order: readonly number[], dataBytes: number) {
    const members = order.map((index) => {
      const { shape, dtype, start, end } = tensors[index] as Placed;
      return `"t${index}":${entry(shape, start, end, dtype)}`;
    });
    const bytes = file(`{${members.join(",")}}`, dataBytes);
    for (let i = 0; i < dataBytes; i++) bytes[bytes.length - dataBytes + i] = i % 251;
    return bytes;
  }

  const size = (tensors: readonly Placed[]) => tensors.at(-1)?.end ?? 0;

  it("means nothing where the tensors tile the file", async () => {
    const property = fc.asyncProperty(layouts, async ({ tensors: layout, order }) => {
      const tensors = placed(layout);
      const straight = await read(
        written(
          tensors,
          tensors.map((_, index) => index),
          size(tensors),
        ),
      );
      const shuffled = await read(written(tensors, order, size(tensors)));
      expect(shuffled.tensors).toEqual(straight.tensors);
      expect([...shuffled.integers].sort()).toEqual([...straight.integers].sort());
      expect(shuffled.tensors.size + shuffled.integers.length).toBe(tensors.length);
    });
    await fc.assert(property);
  });

  it("hides no gap and no overlap", async () => {
    const property = fc.asyncProperty(
      layouts,
      fc.nat(),
      fc.integer({ min: -9, max: 9 }).filter((shift) => shift !== 0),
      async ({ tensors: layout, order }, picked, shift) => {
        const tensors = [...placed(layout)];
        const index = picked % tensors.length;
        const moved = tensors[index] as Placed;
        const start = moved.start + shift;
        // An empty tensor leaves no gap, and is in order wherever another one begins or ends.
        const isInOrder = moved.start === moved.end && [0, ...tensors.map(({ end }) => end)].includes(start);
        fc.pre(start >= 0 && !isInOrder);
        tensors[index] = { ...moved, start, end: moved.end + shift };
        await expect(read(written(tensors, order, size(placed(layout))))).rejects.toBeInstanceOf(
          CheckpointError,
        );
      },
    );
    await fc.assert(property);
  });

  it("lets no tensor be left out, and none be put in twice", async () => {
    const property = fc.asyncProperty(layouts, fc.nat(), async ({ tensors: layout, order }, picked) => {
      const tensors = placed(layout);
      const index = picked % tensors.length;
      const { start = 0, end = 0 } = tensors[index] ?? {};
      fc.pre(end > start);
      const without = order.filter((other) => other !== index);
      await expect(read(written(tensors, without, size(tensors)))).rejects.toBeInstanceOf(CheckpointError);
      const alias = [...tensors, tensors[index] as Placed];
      const twice = [...order, tensors.length];
      await expect(read(written(alias, twice, size(tensors)))).rejects.toBeInstanceOf(CheckpointError);
    });
    await fc.assert(property);
  });
});

describe("a header that is refused", () => {
  const a = `"a":${entry([2], 0, 8)}`;
  it.each<[string, string, number, string]>([
    ["is not JSON", `{"a":`, 8, "not JSON"],
    ["begins with a space", ` {${a}}`, 8, "neither safetensors"],
    ["is followed by text", `{${a}}x`, 8, "not JSON"],
    ["holds no tensors", "{}", 0, "no tensors"],
    ["has a key twice", `{${a},${a}}`, 8, "stands twice"],
    ["has an escaped key twice", `{${a},"\\u0061":${entry([2], 0, 8)}}`, 8, "stands twice"],
    [
      "has a field twice",
      `{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}`,
      8,
      "stands twice",
    ],
    ["names a tensor __proto__", `{"__proto__":${entry([2], 0, 8)}}`, 8, "__proto__"],
    ["leaves a gap", `{${a},"b":${entry([1], 12, 16)}}`, 16, "b starts at byte 12"],
    ["overlaps", `{${a},"b":${entry([2], 4, 12)}}`, 12, "b starts at byte 4"],
    ["is out of order with a gap", `{"b":${entry([1], 12, 16)},${a}}`, 16, "b starts at byte 12"],
    ["is out of order with an overlap", `{"b":${entry([2], 4, 12)},${a}}`, 12, "b starts at byte 4"],
    ["has one tensor twice", `{"b":${entry([2], 0, 8)},${a}}`, 8, "starts at byte 0"],
    [
      "has a key twice at other places",
      `{"a":${entry([1], 0, 4)},"a":${entry([1], 4, 8)}}`,
      8,
      "stands twice",
    ],
    ["has metadata twice", `{"__metadata__":{},"__metadata__":{},${a}}`, 8, "stands twice"],
    [
      "holds arrays within arrays",
      `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      8,
      "a is not an object",
    ],
    ["does not begin at 0", `{"a":${entry([1], 4, 8)}}`, 8, "a starts at byte 4"],
    ["leaves bytes over", `{${a}}`, 9, "1 bytes follow"],
    [
      "has a size that is not its shape's",
      `{"a":${entry([3], 0, 8)}}`,
      8,
      "takes 8 bytes, but F32 of shape [3] takes 12",
    ],
    ["has an impossible shape", `{"a":${entry([-2], 0, 8)}}`, 8, "no valid shape"],
    ["has a shape of fractions", `{"a":${entry([0.5, 4], 0, 8)}}`, 8, "no valid shape"],
    ["has a shape beyond numbers", `{"a":${entry([2 ** 40, 2 ** 40], 0, 8)}}`, 8, "takes 8 bytes"],
    ["has offsets backwards", `{"a":${entry([2], 8, 0)}}`, 8, "takes -8 bytes"],
    ["has no offsets", `{"a":{"dtype":"F32","shape":[2]}}`, 8, "no valid data_offsets"],
    [
      "has three offsets",
      `{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}`,
      8,
      "no valid data_offsets",
    ],
    [
      "has an unknown field",
      `{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}`,
      8,
      "unknown field",
    ],
    ["has a list for a tensor", `{"a":[]}`, 0, "not an object"],
    ["has metadata that are no strings", `{"__metadata__":{"epoch":1},${a}}`, 8, "metadata"],
    ["has an unknown dtype", `{"a":${entry([8], 0, 8, "F8_E4M3")}}`, 8, "stored as F8_E4M3"],
    [
      "has a dtype named like a property",
      `{"a":${entry([8], 0, 8, "constructor")}}`,
      8,
      "stored as constructor",
    ],
  ])("since it %s", async (_, header, dataBytes, words) => {
    const error = await read(file(header, dataBytes)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as Error).message).toContain(words);
  });

  it("since it is longer than the file, or than allowed", async () => {
    await expect(read(file(`{${a}}`, 8, 1000))).rejects.toMatchObject({ code: "truncated" });
    await expect(read(file(`{${a}}`, 8, 100_000_001))).rejects.toMatchObject({ code: "notCheckpoint" });
    await expect(read(file(`{${a}}`, 7))).rejects.toMatchObject({ code: "truncated" });
  });
});

describe("writeSafetensors", () => {
  const tensors = new Map<string, WeightTensor>([
    ["stem.0.weight", { shape: [3, 5], data: seededTensor("stem.0.weight", [3, 5]) }],
    ["norm.bias", { shape: [7], data: seededTensor("norm.bias", [7]) }],
    ["scalar", { shape: [], data: new Float32Array([2.5]) }],
  ]);
  const written = async (dtype: "F32" | "F16") => {
    const parts = writeSafetensors(tensors, dtype, new Map([["name", "some"]]));
    return read(new Uint8Array(await new Blob([...parts]).arrayBuffer()));
  };

  it("gives back what it wrote", async () => {
    const checkpoint = await written("F32");
    expect(checkpoint.tensors).toEqual(tensors);
    expect(checkpoint.metadata).toEqual(
      new Map([
        ["name", "some"],
        ["format", "pt"],
      ]),
    );
  });

  it("rounds to F16", async () => {
    const { tensors: rounded } = await written("F16");
    expect([...rounded.keys()]).toEqual([...tensors.keys()]);
    let changed = 0;
    for (const [key, { data }] of rounded) {
      const exact = tensors.get(key)?.data ?? expect.fail(key);
      expect(data.length, key).toBe(exact.length);
      for (const [i, value] of exact.entries()) {
        const error = Math.abs((data[i] ?? Number.NaN) - value);
        expect(error).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11);
        if (error > 0) changed += 1;
      }
    }
    // Were nothing rounded, it would not be F16.
    expect(changed).toBeGreaterThan(10);
  });
});

describe("float16", () => {
  it("is widened exactly, and comes back, for each of its values", () => {
    const all = new Uint16Array(2 ** 16).map((_, i) => i);
    const wide = toFloat32("F16", new Uint8Array(all.buffer));
    // By the definition of the format.
    for (const bits of [0, 1, 2, 0x3ff, 0x400, 0x3c00, 0x3555, 0x7bff, 0x8001, 0xc000]) {
      const [sign, exponent, mantissa] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
      const value = exponent ? 2 ** (exponent - 15) * (1 + mantissa / 1024) : 2 ** -14 * (mantissa / 1024);
      expect(wide[bits], bits.toString(16)).toBe(sign * value);
    }
    expect(wide[0x7c00]).toBe(Number.POSITIVE_INFINITY);
    expect(wide[0x7e00]).toBeNaN();
    const back = toFloat16(wide);
    const isNaN16 = (bits: number) => (bits & 0x7fff) > 0x7c00;
    expect([...back].filter((bits, i) => bits !== i && !(isNaN16(bits) && isNaN16(i)))).toEqual([]);
  });

  it("is rounded to the nearest, ties to even", () => {
    const cases: readonly [number, number][] = [
      [1 + 2 ** -11, 0x3c00],
      [1 + 3 * 2 ** -11, 0x3c02],
      [1 + 2 ** -11 + 2 ** -20, 0x3c01],
      [65519, 0x7bff],
      [65520, 0x7c00],
      [1e9, 0x7c00],
      [-1e9, 0xfc00],
      [2 ** -25, 0],
      [2 ** -25 * 1.01, 1],
      [2 ** -24 * 1.5, 2],
      [2 ** -14 * (1 - 2 ** -12), 0x400],
      [1e-30, 0],
    ];
    for (const [value, bits] of cases) expect(toFloat16(Float32Array.of(value))[0], `${value}`).toBe(bits);
  });

  it("and bfloat16 are read where they are not aligned", () => {
    const bytes = new Uint8Array(5);
    bytes.set([0x80, 0x3f, 0x00, 0xc0], 1);
    expect([...toFloat32("BF16", bytes.subarray(1))]).toEqual([1, -2]);
  });
});

import { zipSync } from "fflate";
import { expect, inject, it } from "vitest";
import { elementCount } from "../graph/elementCount.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { legacyMagic } from "./pytorch.ts";
import { writeSafetensors } from "./safetensors.ts";
import { bytesSource } from "./source.ts";
import { CheckpointError, type WeightTensor } from "./tensorMap.ts";
import { zipOf } from "./zip.testing.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const tensors: ReadonlyMap<string, WeightTensor> = new Map([
  ["stem.0.weight", { shape: [2, 3, 2], data: Float32Array.from({ length: 12 }, (_, i) => i / 7) }],
  ["norm.bias", { shape: [4], data: Float32Array.of(1, -2, 3, -4) }],
  ["head.fc.weight", { shape: [3, 5], data: Float32Array.from({ length: 15 }, (_, i) => -i) }],
]);

const chars = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const joined = (...parts: readonly Uint8Array[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const floats = ({ data }: WeightTensor) =>
  new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
const short = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const tuple = (values: readonly number[]) =>
  `(${values.map((value) => `K${String.fromCharCode(value)}`).join("")}t`;

/** As `torch.save` writes it: memo, attributes of the OrderedDict and a wrapper included. */
function pickle(legacy: boolean): Bytes {
  const items = [...tensors].map(([key, { shape, data }], index) => {
    const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
    const storage = `(${short("storage")}ctorch\nFloatStorage\nq\x05${short(`${index}`)}${short("cpu")}K${String.fromCharCode(data.length)}${legacy ? "N" : ""}tQ`;
    return `${short(key)}ctorch._utils\n_rebuild_tensor_v2\nq\x03(${storage}K\0${tuple(shape)}${tuple(strides)}\x89h\x02)RtRq\x06`;
  });
  const state = `ccollections\nOrderedDict\nq\x02)R(${items.join("")}u}${short("_metadata")}h\x02)Rsb`;
  return chars(`\x80\x02}q\0(${short("model")}${state}${short("epoch")}K\x07u.`);
}

function zipped(level: 0 | 6): Bytes {
  const storages = [...tensors.values()].map(
    (tensor, index) => [`some/data/${index}`, floats(tensor)] as const,
  );
  return zipSync({ "some/data.pkl": pickle(false), ...Object.fromEntries(storages) }, { level }) as Bytes;
}

/** Without checksums, so that what is changed in the pickle is not caught before it is read. */
function unchecked(): Bytes {
  const storages = [...tensors.values()].map((tensor, index) => ({
    name: `some/data/${index}`,
    bytes: floats(tensor),
    crc32: 0,
  }));
  return zipOf([{ name: "some/data.pkl", bytes: pickle(false), crc32: 0 }, ...storages]);
}

function legacy(): Bytes {
  const system = chars(`\x80\x02}(${short("little_endian")}\x88u.`);
  const keys = chars(`\x80\x02](${[...tensors.keys()].map((_, index) => short(`${index}`)).join("")}e.`);
  const storages = [...tensors.values()].flatMap((tensor) => {
    const count = new Uint8Array(8);
    count[0] = tensor.data.length;
    return [count, floats(tensor)];
  });
  return joined(
    Uint8Array.of(0x80, 2, ...legacyMagic),
    chars("\x80\x02M\xe9\x03."),
    system,
    pickle(true),
    keys,
    ...storages,
  );
}

const originals: readonly Bytes[] = [
  joined(...writeSafetensors(tensors)),
  joined(...writeSafetensors(tensors, "F16")),
  zipped(0),
  zipped(6),
  unchecked(),
  legacy(),
];

/** A random source that gives the same numbers for a seed every time (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Values that lengths and counts are broken with. */
const nasty = [0, 1, 0x7f, 0x80, 0xfb, 0xff];
/** Instructions of pickles, and characters of JSON. */
const meaningful = chars('(.0123QRbcehjpqstuX}]){"[,:\x80\x85\x86\x87\x88\x89\x8a\x93\x95BCUT');

function mutated(original: Bytes, pick: (below: number) => number): Bytes {
  let bytes = original.slice();
  for (let change = pick(6); change >= 0; change--) {
    const at = pick(bytes.length);
    const length = 1 + pick(8);
    switch (pick(7)) {
      case 0:
        bytes[at] = pick(256);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8));
        break;
      case 2:
        bytes.fill(nasty[pick(nasty.length)] ?? 0, at, at + length);
        break;
      case 3:
        bytes[at] = meaningful[pick(meaningful.length)] ?? 0;
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 5:
        bytes = joined(
          bytes.subarray(0, at),
          bytes.subarray(pick(bytes.length)).subarray(0, 4 * length),
          bytes.subarray(at),
        );
        break;
      default:
        bytes = bytes.slice(0, at + 1);
    }
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}

it("reads the originals", async () => {
  for (const original of originals) {
    const { tensors: read } = await readCheckpoint(bytesSource(original));
    expect([...read.keys()].sort()).toEqual([...tensors.keys()].sort());
    expect(read.get("norm.bias")).toEqual(tensors.get("norm.bias"));
  }
});

it("ends in a typed error or a valid result for 20,000 mutated files", { timeout: 60_000 }, async () => {
  const pick = random(inject("seed"));
  const codes = new Map<string, number>();
  let slowest = 0;
  for (let i = 0; i < 20_000; i++) {
    const bytes = mutated(originals[i % originals.length] ?? new Uint8Array(), pick);
    const start = performance.now();
    try {
      const { tensors: read } = await readCheckpoint(bytesSource(bytes));
      let elements = 0;
      for (const [key, { shape, data }] of read) {
        if (data.length !== elementCount(shape)) throw new Error(`${key} has not the size of its shape.`);
        elements += data.length;
      }
      if (elements > 4 * bytes.length)
        throw new Error(`A file of ${bytes.length} bytes gave ${elements} numbers.`);
      codes.set("read", (codes.get("read") ?? 0) + 1);
    } catch (error) {
      const known = error instanceof CheckpointError && error.message.length < 1000;
      if (!known) throw new Error(`File ${i} of FC_SEED=${inject("seed")}: ${error}`, { cause: error });
      codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  expect(slowest).toBeLessThan(2000);
  // The mutations reach every way out; were all files refused at the door, nothing would have been tested.
  for (const code of ["read", "notCheckpoint", "truncated", "damaged", "unsafe", "unsupported"]) {
    expect(codes.get(code) ?? 0, code).toBeGreaterThan(20);
  }
});

/** Each would take minutes or gigabytes with a reader that trusts the file. */
it.each<[string, Bytes]>([
  ["a pickle that jumps back to itself", chars("\x80\x02B\xfb\xff\xff\xff")],
  [
    "a number of 300,000 digits",
    joined(chars("\x80\x02\x8b\xe0\x93\x04\0"), new Uint8Array(300_000), chars(".")),
  ],
  [
    "a call with a list of 100,000 things, 100,000 times",
    chars(
      `\x80\x02ccollections\nOrderedDict\nq\0](${"N".repeat(100_000)}eq\x01${"h\0h\x01R".repeat(100_000)}.`,
    ),
  ],
  ["marks within marks", chars(`\x80\x02${"(".repeat(900_000)}`)],
  ["tuples of tuples, doubled", chars(`\x80\x02)${"q\0h\0\x86".repeat(200_000)}.`)],
])("is not held up by %s", { timeout: 10_000 }, async (_, data) => {
  const zip = zipSync({ "some/data.pkl": data }, { level: 0 }) as Bytes;
  const start = performance.now();
  await expect(readCheckpoint(bytesSource(zip))).rejects.toBeInstanceOf(CheckpointError);
  expect(performance.now() - start).toBeLessThan(2000);
});

it("does not unpack a zip bomb", async () => {
  const bomb = zipSync({ "some/data.pkl": new Uint8Array(20_000_000) }, { level: 9 }) as Bytes;
  await expect(readCheckpoint(bytesSource(bomb))).rejects.toMatchObject({
    code: "notCheckpoint",
    message: expect.stringContaining("grow too much"),
  });
});

import { readFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type Architecture, parseArchitecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { readCheckpoint } from "./checkpoint.ts";
import micro from "./fixtures/micro.json" with { type: "json" };
import { seededTensor } from "./seeded.ts";
import { blobSource, bytesSource, type CheckpointSource } from "./source.ts";
import { type Checkpoint, CheckpointError, type CheckpointFormat } from "./tensorMap.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`./fixtures/checkpoints/${name}`, import.meta.url)));

function microArchitecture(name: string): Architecture {
  const parsed = parseArchitecture(micro.find((network) => network.name === name)?.architecture);
  if (!parsed.ok) throw new Error(`No valid architecture ${name}`);
  return parsed.value;
}

/** Rounding to half of the last mantissa bit, relative; the absolute part is F16's subnormal step. */
const precision = { F32: 0, F16: 2 ** -11, BF16: 2 ** -8 } as const;

const files: readonly [suffix: string, format: CheckpointFormat, dtype: keyof typeof precision][] = [
  ["safetensors", "safetensors", "F32"],
  ["f16.safetensors", "safetensors", "F16"],
  ["bf16.safetensors", "safetensors", "BF16"],
  ["pth", "pytorch", "F32"],
  ["wrapped.pth", "pytorch", "F32"],
  ["legacy.pth", "pytorch-legacy", "F32"],
];

describe.each(["micro", "micro_odd", "micro_convnext"])("reference checkpoints of %s", (name) => {
  it.each(files)(".%s holds the formula's values", async (suffix, format, dtype) => {
    const checkpoint = await readCheckpoint(blobSource(new Blob([fixture(`${name}.${suffix}`)])));
    expect(checkpoint.format).toBe(format);
    const specs = lower(microArchitecture(name)).nodes.flatMap(({ tensors }) => tensors);
    expect([...checkpoint.tensors.keys()].sort()).toEqual(specs.map(({ key }) => key).sort());
    for (const { key, shape } of specs) expect(checkpoint.tensors.get(key)?.shape, key).toEqual(shape);
    const statistics = specs.filter(({ role }) => role === "runningVar").map(({ key }) => key);
    expect([...checkpoint.integers].sort()).toEqual(
      statistics.map((key) => key.replace("running_var", "num_batches_tracked")).sort(),
    );
    for (const [key, { shape, data }] of checkpoint.tensors) {
      const expected = seededTensor(key, shape);
      expect(data.length, key).toBe(expected.length);
      let worst = 0;
      for (const [i, value] of expected.entries()) {
        const slack = precision[dtype] * Math.abs(value) + (dtype === "F16" ? 2 ** -25 : 0);
        worst = Math.max(worst, Math.abs((data[i] ?? Number.NaN) - value) - slack);
      }
      expect(worst, key).toBeLessThanOrEqual(0);
    }
  });
});

describe("memory", () => {
  it.each(["safetensors", "pth", "legacy.pth"])(
    "reads no byte of .%s more than once or so",
    async (suffix) => {
      const bytes = fixture(`micro.${suffix}`);
      let read = 0;
      const inner = blobSource(new Blob([bytes]));
      const counted: CheckpointSource = {
        size: inner.size,
        slice: (start, end) => {
          read += end - start;
          return inner.slice(start, end);
        },
      };
      const { tensors } = await readCheckpoint(counted);
      let kept = 0;
      for (const buffer of new Set([...tensors.values()].map(({ data }) => data.buffer)))
        kept += buffer.byteLength;
      expect(kept).toBeLessThan(bytes.length);
      // The legacy form's pickles are read as one slice, which is bounded for large files.
      expect(read).toBeLessThan(bytes.length * (suffix === "legacy.pth" ? 2.1 : 1.5));
    },
  );

  it("shares the buffer of bytes that are in memory", async () => {
    const bytes = fixture("micro.safetensors");
    const { tensors } = await readCheckpoint(bytesSource(bytes));
    expect([...tensors.values()].every(({ data }) => data.buffer === bytes.buffer)).toBe(true);
  });
});

async function failure(bytes: Uint8Array<ArrayBuffer>): Promise<CheckpointError> {
  const result: Checkpoint | CheckpointError = await readCheckpoint(bytesSource(bytes)).catch(
    (error: unknown) => {
      if (error instanceof CheckpointError) return error;
      throw error;
    },
  );
  if (result instanceof CheckpointError) return result;
  throw new Error("The file was read.");
}

describe("what is no checkpoint", () => {
  it("is named for what it is, with the next step", async () => {
    const cases: readonly [string, string][] = [
      ["", "empty"],
      ["<!DOCTYPE html><html></html>", "web page"],
      ["version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 3\n", "Git LFS pointer"],
      ["hello there, this is text", "neither safetensors nor"],
    ];
    for (const [text, words] of cases) {
      const error = await failure(new TextEncoder().encode(text));
      expect(error.code).toBe("notCheckpoint");
      expect(error.message).toContain(words);
      expect(error.message).toContain("Choose a .safetensors file");
    }
  });

  it("is a zip without a pickle", async () => {
    const zip = zipSync({ "a/readme.txt": strToU8("no weights here") }) as Uint8Array<ArrayBuffer>;
    expect((await failure(zip)).message).toContain("no PyTorch checkpoint");
  });

  it.each(["micro.safetensors", "micro.pth", "micro.legacy.pth"])(
    "is %s when its end is missing",
    async (name) => {
      const bytes = fixture(name);
      for (const length of [bytes.length - 1, bytes.length >> 1, 1000]) {
        expect((await failure(bytes.slice(0, length))).code).toBe("truncated");
      }
    },
  );
});

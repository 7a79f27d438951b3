import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ArchitectureError, parseArchitecture } from "../architecture/schema.ts";
import { largestDifference } from "../graph/difference.ts";
import { logitsOf } from "../graph/interpret.testing.ts";
import { lower } from "../graph/lower.ts";
import { readCheckpoint } from "./checkpoint.ts";
import micro from "./fixtures/micro.json" with { type: "json" };
import { seededWeights } from "./graphWeights.ts";
import { seededInput } from "./seeded.ts";
import { bytesSource } from "./source.ts";
import type { TensorMap } from "./tensorMap.ts";

/** Allowed difference in standard deviations of the logits; F16 and BF16 round every weight. */
const files: readonly [suffix: string, tolerance: number][] = [
  ["safetensors", 1e-4],
  ["pth", 1e-4],
  ["wrapped.pth", 1e-4],
  ["legacy.pth", 1e-4],
  ["f16.safetensors", 1e-2],
  ["bf16.safetensors", 8e-2],
];

describe.each(micro)("$name", ({ name, architecture, batch, logits_f32_base64, logits_std }) => {
  const parsed = parseArchitecture(architecture);
  if (!parsed.ok) throw new ArchitectureError(parsed.issues);
  const graph = lower(parsed.value);
  const image = seededInput(architecture.imageSize, batch);
  const bytes = Uint8Array.from(Buffer.from(logits_f32_base64, "base64"));
  const expected = new Float32Array(bytes.buffer);

  const worst = (tensors: TensorMap) => {
    const size = image.length / batch;
    const logits = Array.from({ length: batch }, (_, i) => [
      ...logitsOf(graph, tensors, image.subarray(i * size, (i + 1) * size)),
    ]).flat();
    return largestDifference(logits, expected) / logits_std;
  };

  it("gives PyTorch's logits with the formula weights", () => {
    expect(worst(seededWeights(graph))).toBeLessThan(1e-4);
  });

  // There are no files of the partial network.
  for (const [suffix, tolerance] of name === "micro_convnext_partial" ? [] : files) {
    it(`gives PyTorch's logits from .${suffix}`, async () => {
      const file = readFileSync(new URL(`./fixtures/checkpoints/${name}.${suffix}`, import.meta.url));
      const { tensors } = await readCheckpoint(bytesSource(new Uint8Array(file)));
      expect(worst(tensors)).toBeLessThan(tolerance);
    });
  }
});

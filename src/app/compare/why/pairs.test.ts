import { describe, expect, it } from "vitest";
import { presetOf } from "../../../model/architecture/presets.ts";
import { resnet50 } from "../../../model/graph/network.ts";
import { recordedVariant, recordWith } from "../../runs/records.testing.ts";
import { pairTexts } from "./pairs.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const convnext = presetOf("convnext_tiny").architecture;
const times = (ms: number) => ({ samplesMs: [ms, 1.01 * ms, ms, 1.02 * ms, ms, ms] });
const run = recordWith([
  recordedVariant("InceptionNeXt-T", tiny, times(10)),
  recordedVariant("ConvNeXt-T", convnext, times(15)),
  recordedVariant("ResNet-50", resnet50, { samplesMs: [10, 9, 11, 10, 9, 11] }),
]);

describe("a network against the others of its run", () => {
  it("has a sentence for each, in which counting and the device may differ", () => {
    expect(pairTexts(run, tiny)).toEqual([
      "Against ConvNeXt-T: MACs say 1.06× faster, your device says 1.50× faster (time ratio 0.67 to 0.67).",
      expect.stringMatching(
        /^Against ResNet-50: MACs say 1\.02× slower, your device says no difference that 6 rounds can show/,
      ),
    ]);
  });

  it("has none where it did not run", () => {
    expect(pairTexts(run, presetOf("inceptionnext_small").architecture)).toEqual([]);
  });

  it("counts a network once that ran with several kinds of kernels", () => {
    const stock = { ...recordedVariant("ConvNeXt-T", convnext, times(30)), kernels: "stock" as const };
    expect(pairTexts({ ...run, variants: [...run.variants, stock] }, tiny)).toHaveLength(2);
  });
});

import { describe, expect, it } from "vitest";
import { paperFigures } from "../../../model/benchmark/paperFigures.ts";
import { recordedVariant, recordWith } from "../../runs/records.testing.ts";
import { relativeRows, relativeSummary, relativeTable } from "./chart.ts";
import {
  agreement,
  conditionsText,
  figuresOf,
  hereText,
  pairOf,
  publishedText,
  throughputHere,
} from "./paper.ts";

const inception = figuresOf("inceptionnext_tiny");
const conv = figuresOf("convnext_tiny");

/** ConvNeXt-T takes `ratio` times as long in every round, give or take. */
const pairRecord = (ratio: number, id = "a-run") =>
  recordWith(
    [
      recordedVariant("mine", inception.network, { samplesMs: [10, 10, 11, 10, 12, 10, 10, 10] }),
      recordedVariant("theirs", conv.network, {
        samplesMs: [10, 10, 11, 10, 12, 10, 10, 10].map(
          (ms, round) => ms * ratio * (1 + 0.005 * (round % 3)),
        ),
      }),
    ],
    { id },
  );

describe("the pair of the paper", () => {
  it("has the published ratios: 1.20 in inference, 1.57 in training", () => {
    const pair = pairOf([], inception.id, conv.id);
    expect(pair.published.inference).toBeCloseTo(2900 / 2413);
    expect(publishedText(pair)).toBe(
      "InceptionNeXt-T is 1.20× faster than ConvNeXt-T in inference and 1.57× faster in training.",
    );
    expect(hereText(pair)).toBe("Not measured here yet.");
  });

  it("is taken from the newest run that has both, whatever they are called there", () => {
    const alone = recordWith([recordedVariant("mine", inception.network)], { id: "alone" });
    const { here } = pairOf(
      [alone, pairRecord(1.1, "newer"), pairRecord(1.5, "older")],
      inception.id,
      conv.id,
    );
    expect(here?.record.id).toBe("newer");
    expect(here?.ratio.median).toBeCloseTo(1.1, 1);
    expect(here?.ratio.rounds).toBe(8);
  });

  it("says how the measured ratio stands to the published one", () => {
    expect(hereText(pairOf([pairRecord(1.1)], inception.id, conv.id))).toMatch(
      /^InceptionNeXt-T runs 1\.1\d times as many images a second as ConvNeXt-T in inference \(95 % interval 1\.1\d to 1\.1\d, 8 rounds\)\. Ahead as published, but by less than the published 1\.20×\.$/,
    );
  });

  it.each([
    [1.1, 1.3, 1.2, "lies within that interval"],
    [0.9, 1.05, 1.2, "neither is shown to be faster"],
    [0.7, 0.8, 1.2, "the other way round"],
    [1.05, 1.1, 1.2, "Ahead as published, but by less"],
    [1.4, 1.5, 1.2, "Ahead as published, and by more"],
    [0.5, 0.6, 0.8, "Behind as published, and by more"],
    [0.85, 0.9, 0.8, "Behind as published, but by less"],
  ])("an interval from %d to %d beside %d: %s", (low, high, there, words) => {
    expect(agreement({ low, high, rounds: 8 }, there)).toContain(words);
  });

  it("holds too few rounds against nothing", () => {
    expect(agreement({ low: 1.4, high: 1.5, rounds: 5 }, 1.2)).toContain("Fewer than 6 rounds");
  });

  it("says where it was measured, and that this was no graphics processor", () => {
    const record = pairRecord(1.5);
    const on = (device: Partial<typeof record.device>) => {
      const { here } = pairOf(
        [{ ...record, device: { ...record.device, ...device } }],
        inception.id,
        conv.id,
      );
      return here && conditionsText(here);
    };
    expect(on({ backend: "webgpu", isSoftware: true })).toMatch(/in software.+ stood in for a graphics/);
    expect(on({ backend: "webgpu", isSoftware: false })).not.toContain("software");
    expect(on({ backend: "wasm", isSoftware: false })).not.toContain("stood in");
  });
});

it("gives a network's throughput in the newest run that has it", () => {
  const found = throughputHere([pairRecord(2)], conv);
  expect(found?.imagesPerSecond).toBeCloseTo((1000 * 2) / 20.15, 0);
  expect(throughputHere([pairRecord(2)], figuresOf("resnet50"))).toBeUndefined();
});

describe("throughput relative to one network", () => {
  const rows = relativeRows([pairRecord(1.5)], conv);

  it("is there for every other published network, measured for those of a run", () => {
    expect(rows).toHaveLength(paperFigures.length - 1);
    expect(rows.filter(({ here }) => here).map(({ name }) => name)).toEqual(["InceptionNeXt-T"]);
    expect(relativeTable(rows).rows).toHaveLength(rows.length);
  });

  it("is summed up in words", () => {
    expect(relativeSummary(rows, conv)).toBe(
      `Throughput relative to ConvNeXt-T, published and measured here. 1 of ${rows.length} are measured here; of 0 the published ratio lies within the interval.`,
    );
    expect(relativeSummary(relativeRows([], conv), conv)).toContain("None of them is measured here yet.");
  });
});

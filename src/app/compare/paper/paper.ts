/** @file The published figures beside the person's own: what was measured here of the same networks, and how ratios compare. */

import { type PaperFigures, paperFigures } from "../../../model/benchmark/paperFigures.ts";
import type { BenchmarkRecord } from "../../../model/benchmark/record.ts";
import {
  fewestRounds,
  type RatioInterval,
  ratioInterval,
  summarise,
} from "../../../model/benchmark/statistics.ts";
import { isFixed, nameOf } from "../../../model/graph/network.ts";
import { isSame } from "../../network/sameNetwork.ts";
import { deviceText, settingsText } from "../../runs/conditions.ts";
import type { RecordedVariant } from "../../runs/results.ts";
import { speed } from "../../words/format.ts";

/** Images a second of `a` over those of `b`. */
export interface SpeedRatio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
}

/** Two networks, as published and as measured here. */
export interface PairFigures {
  readonly a: PaperFigures;
  readonly b: PaperFigures;
  readonly published: { readonly train: number; readonly inference: number };
  /** Of the newest run that has both; undefined where none has. */
  readonly here: { readonly record: BenchmarkRecord; readonly ratio: SpeedRatio } | undefined;
}

/** @throws Error where nothing was published of the id. */
export function figuresOf(id: string): PaperFigures {
  const found = paperFigures.find((one) => one.id === id);
  if (!found) throw new Error(`Nothing was published of ${id}.`);
  return found;
}

/** What a run says of a published network; with the first of its kernels. */
function variantIn(record: BenchmarkRecord, { network }: PaperFigures): RecordedVariant | undefined {
  return record.variants.find((variant) => isSame(variant.network, network));
}

/** Images a second in the newest run that has the network. */
export function throughputHere(
  records: readonly BenchmarkRecord[],
  figures: PaperFigures,
): { readonly imagesPerSecond: number; readonly record: BenchmarkRecord } | undefined {
  for (const record of records) {
    const variant = variantIn(record, figures);
    if (!variant) continue;
    return { imagesPerSecond: summarise(variant.samplesMs, record.settings.batch).imagesPerSecond, record };
  }
  return undefined;
}

/** Images a second of `a` over those of `b`, in the same rounds of one run; undefined where it lacks one. */
export function ratioIn(record: BenchmarkRecord, a: PaperFigures, b: PaperFigures): SpeedRatio | undefined {
  const [of, over] = [variantIn(record, a), variantIn(record, b)];
  if (!of || !over || of.kernels !== over.kernels) return undefined;
  // Times of b over times of a are images a second of a over those of b.
  return ratioInterval(over.samplesMs, of.samplesMs);
}

/** `records` newest first. */
export function pairOf(records: readonly BenchmarkRecord[], aId: string, bId: string): PairFigures {
  const [a, b] = [figuresOf(aId), figuresOf(bId)];
  let here: PairFigures["here"];
  for (const record of records) {
    const ratio = ratioIn(record, a, b);
    if (!ratio) continue;
    here = { record, ratio };
    break;
  }
  return {
    a,
    b,
    published: {
      train: a.trainImagesPerSecond / b.trainImagesPerSecond,
      inference: a.imagesPerSecond / b.imagesPerSecond,
    },
    here,
  };
}

/** What was published of the pair, in a sentence. */
export function publishedText({ a, b, published: { train, inference } }: PairFigures): string {
  return `${publishedName(a)} is ${speedText(inference)} than ${publishedName(b)} in inference and ${speedText(train)} in training.`;
}

/** What was measured here of it, and whether that is the same. */
export function hereText({ a, b, published: { inference }, here }: PairFigures): string {
  if (!here) return "Not measured here yet.";
  const { median, low, high, rounds } = here.ratio;
  const interval = `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}, ${rounds} rounds`;
  return `${publishedName(a)} runs ${median.toFixed(2)} times as many images a second as ${publishedName(b)} in inference (${interval}). ${agreement(here.ratio, inference)}`;
}

/** How a measured ratio stands to the published one, as far as its interval lets it be said. */
export function agreement(
  { low, high, rounds }: Pick<RatioInterval, "low" | "high" | "rounds">,
  inference: number,
): string {
  const there = `${inference.toFixed(2)}×`;
  if (rounds < fewestRounds) {
    return `Fewer than ${fewestRounds} rounds cannot be held against the published ${there}.`;
  }
  if (low <= inference && inference <= high) return `The published ${there} lies within that interval.`;
  if (low <= 1 && 1 <= high) return `Here neither is shown to be faster; the published ratio is ${there}.`;
  const isOpposite = inference > 1 !== low > 1;
  if (isOpposite) return `That is the other way round than the published ${there}.`;
  const isLess = inference > 1 === high < inference;
  return `${inference > 1 ? "Ahead" : "Behind"} as published, ${isLess ? "but by less" : "and by more"} than the published ${there}.`;
}

/** On what the pair was measured here; that no graphics processor was, where it was done in software. */
export function conditionsText({ record }: NonNullable<PairFigures["here"]>): string {
  const isWebgpu = record.device.backend === "webgpu";
  const software =
    isWebgpu && record.device.isSoftware ? " The processor stood in for a graphics processor." : "";
  return `${deviceText(record)}, ${settingsText(record)}.${software}`;
}

export function publishedName({ network, id }: PaperFigures): string {
  return isFixed(network) ? nameOf(network) : (network.name ?? id);
}

/** As `1.20× faster`; `ratio` is of throughputs. */
function speedText(ratio: number): string {
  const { text, verdict } = speed(1 / ratio);
  return verdict === "same" ? "no faster" : text;
}

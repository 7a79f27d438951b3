/** @file The figures of the board: what each is, its units, which way is better, how it was obtained. */
import type { AnyNetwork } from "../../../model/graph/network.ts";
import { costOfAny } from "../costs.ts";
import type { Result } from "../results.ts";
import { byteUnits, countUnits, msUnits, perSecondUnits, shareUnits, type Units } from "./scale.ts";

export interface Figure {
  readonly id: FigureId;
  readonly label: string;
  readonly units: Units;
  readonly isLessBetter: boolean;
  /** In a sentence. */
  readonly method: string;
}

export type FigureId =
  | "params"
  | "macs"
  | "activations"
  | "weightBytes"
  | "peakBytes"
  | "medianMs"
  | "p90Ms"
  | "imagesPerSecond"
  | "top1";

/** What follows from the description alone. */
export const counted: readonly Figure[] = [
  {
    id: "params",
    label: "Parameters",
    units: countUnits,
    isLessBetter: true,
    method: "Trainable numbers, counted layer by layer.",
  },
  {
    id: "macs",
    label: "MACs",
    units: countUnits,
    isLessBetter: true,
    method:
      "Multiply-accumulates of convolutions and linear layers for one image; papers print them under the name FLOPs.",
  },
  {
    id: "activations",
    label: "Activations",
    units: countUnits,
    isLessBetter: true,
    method: "Elements that convolutions and linear layers write, for one image.",
  },
  {
    id: "weightBytes",
    label: "Weights",
    units: byteUnits,
    isLessBetter: true,
    method: "Memory of all weights and running statistics as 32-bit floats.",
  },
  {
    id: "peakBytes",
    label: "Peak memory",
    units: byteUnits,
    isLessBetter: true,
    method: "The most feature maps that must exist at once, layer by layer, for one image, as 32-bit floats.",
  },
];

/** What only running tells. */
export const measured: readonly Figure[] = [
  {
    id: "medianMs",
    label: "Latency",
    units: msUnits,
    isLessBetter: true,
    method:
      "Median time of one forward of the batch, from pixels to logits on the CPU. The time ratio is the median over rounds of this time over the baseline's in the same round, with its 95 % bootstrap interval; there is a verdict only where that excludes 1.",
  },
  {
    id: "p90Ms",
    label: "p90",
    units: msUnits,
    isLessBetter: true,
    method: "Nine of ten forwards took no longer.",
  },
  {
    id: "imagesPerSecond",
    label: "Throughput",
    units: perSecondUnits,
    isLessBetter: false,
    method: "Images of a batch over the median latency.",
  },
];

export const accuracy: Figure = {
  id: "top1",
  label: "Accuracy",
  units: shareUnits,
  isLessBetter: false,
  method:
    "Share of labelled test images whose most probable class is right. Open the network in the editor and measure it under Predict.",
};

export type Figures = Readonly<Partial<Record<FigureId, number>>>;

/** What is counted on the network's graph. */
export function countedFigures(network: AnyNetwork): Figures {
  const { params, macs, activations, weightBytes, peakActivationBytes } = costOfAny(network).total;
  return { params, macs, activations, weightBytes, peakBytes: peakActivationBytes };
}

export function measuredFigures(result: Result | undefined): Figures {
  if (!result) return {};
  const { medianMs, p90Ms, imagesPerSecond } = result.summary;
  return { medianMs, p90Ms, imagesPerSecond };
}

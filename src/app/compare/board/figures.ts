/** @file The figures of the board: what each is, its units, which way is better, how it was obtained. */
import { formatExact } from "../../../editor/format.ts";
import type { Accuracy } from "../../../model/engine/api.ts";
import type { AnyNetwork } from "../../../model/graph/network.ts";
import { costOfAny } from "../../network/costs.ts";
import type { Result } from "../../runs/results.ts";
import { percent, textOf } from "../../words/format.ts";
import { datasetName } from "../../words/predictionWords.ts";
import { byteUnits, countUnits, msUnits, perSecondUnits, shareUnits, type Units } from "../../words/scale.ts";

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
      "Median time of one forward of the batch, from pixels to logits on the CPU. The difference below it is this median over the baseline's.",
  },
  {
    id: "p90Ms",
    label: "p90",
    units: msUnits,
    isLessBetter: true,
    method: "Nine of ten forwards took no longer. The difference below it is of the two numbers shown.",
  },
  {
    id: "imagesPerSecond",
    label: "Throughput",
    units: perSecondUnits,
    isLessBetter: false,
    method: "Images of a batch over the median latency. The difference below it is of the two numbers shown.",
  },
];

/** The one column that judges; the differences of the others are only what their numbers say. */
export const ratio = {
  label: "Time ratio",
  method:
    "In every round the time over the baseline's in the same round, so that drift of the machine cancels out; of these the median, with its 95 % bootstrap interval. It need not be the quotient of the two medians. Only this column and the sentences below the table say faster or slower, and only where the interval excludes 1 and the medians point the same way.",
} as const;

export const accuracy: Figure = {
  id: "top1",
  label: "Accuracy",
  units: shareUnits,
  isLessBetter: false,
  method:
    "Share of labelled test images whose most probable class is right, with the weights that are loaded, as far as they carry over. Open the network in the editor and measure it under Predict; the result is kept with the network and these weights.",
};

/** How an accuracy was obtained, in a sentence. */
export function accuracyText({ top1, images, provenance: { dataset, carried } }: Accuracy): string {
  const set =
    dataset === undefined ? "labelled test images" : `labelled test images of ${datasetName(dataset)}`;
  const right = formatExact(Math.round(top1 * images));
  const weights = carried === 1 ? "all weights" : `${textOf(percent(carried))} of the weights`;
  return `${right} of ${formatExact(images)} ${set} right, with ${weights} from the checkpoint that is loaded.`;
}

const countedIds: ReadonlySet<FigureId> = new Set(counted.map(({ id }) => id));

/** Whether it follows from the description alone, so that a difference is certain. */
export function isCounted(id: FigureId): boolean {
  return countedIds.has(id);
}

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

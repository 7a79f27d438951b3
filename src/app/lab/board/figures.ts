/** @file The figures of the board: what each is, its units, and which way is better. */
import type { AnyNetwork } from "../../../model/graph/network.ts";
import { costOfAny } from "../costs.ts";
import { byteUnits, countUnits, type Units } from "./scale.ts";

export interface Figure {
  readonly id: FigureId;
  readonly label: string;
  readonly units: Units;
  readonly isLessBetter: boolean;
  /** How it was obtained, in a sentence. */
  readonly method: string;
}

export type FigureId = "params" | "macs" | "activations" | "weightBytes" | "peakBytes";

/** In the order of the columns. */
export const figures: readonly Figure[] = [
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
      "Multiply-accumulates of convolutions and linear layers for one image. Papers print them as FLOPs.",
  },
  {
    id: "activations",
    label: "Activations",
    units: countUnits,
    isLessBetter: true,
    method: "Elements that convolutions and linear layers write for one image.",
  },
  {
    id: "weightBytes",
    label: "Weights",
    units: byteUnits,
    isLessBetter: true,
    method: "All weights and running statistics as 32-bit floats.",
  },
  {
    id: "peakBytes",
    label: "Peak memory",
    units: byteUnits,
    isLessBetter: true,
    method: "The most feature maps that must exist at once for one image, layer by layer, as 32-bit floats.",
  },
];

export type Figures = Readonly<Partial<Record<FigureId, number>>>;

/** What is counted on the network's graph. */
export function countedFigures(network: AnyNetwork): Figures {
  const { params, macs, activations, weightBytes, peakActivationBytes } = costOfAny(network).total;
  return { params, macs, activations, weightBytes, peakBytes: peakActivationBytes };
}

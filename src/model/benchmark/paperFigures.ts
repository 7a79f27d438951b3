/**
 * @file What the authors of InceptionNeXt measured, as they printed it: the tables of the README of sail-sg/inceptionnext
 * at commit 3f9769c (2 December 2024), for the networks that this app can run.
 */
import { presetOf } from "../architecture/presets.ts";
import { type AnyNetwork, resnet50 } from "../graph/network.ts";

/** A network's figures as published, rounded as they were printed there. */
export interface PaperFigures {
  /** Preset, or `resnet50`. */
  readonly id: string;
  readonly network: AnyNetwork;
  readonly params: number;
  readonly macs: number;
  /** Images a second in training. */
  readonly trainImagesPerSecond: number;
  /** Images a second in inference. */
  readonly imagesPerSecond: number;
  /** Share of right answers on ImageNet-1K's validation images, 0 to 1. */
  readonly top1: number;
}

/** Under what the figures were measured, and where they stand. */
export const paperSetting = {
  device: "NVIDIA A100",
  batch: 128,
  precision: "full precision",
  software: "PyTorch 1.13, CUDA 11.7.1",
  source: "https://github.com/sail-sg/inceptionnext/blob/3f9769c6b3fcf903d1dc2f436eddc6963cacb535/README.md",
} as const;

type Row = readonly [id: string, paramsM: number, macsG: number, train: number, infer: number, top1: number];

const rows: readonly Row[] = [
  ["inceptionnext_atto", 4.2, 0.51, 2661, 9876, 75.3],
  ["inceptionnext_tiny", 28, 4.2, 901, 2900, 82.3],
  ["inceptionnext_small", 49, 8.4, 521, 1750, 83.5],
  ["inceptionnext_base", 87, 14.9, 375, 1244, 84.0],
  ["inceptionnext_base_384", 87, 43.6, 139, 428, 85.2],
  // Called convnext_atto there.
  ["convnext_atto_dims", 3.7, 0.55, 835, 4539, 75.7],
  ["convnext_tiny", 29, 4.5, 575, 2413, 82.1],
  ["convnext_tiny_k5", 29, 4.4, 675, 2704, 82.0],
  ["convnext_tiny_k3", 28, 4.4, 798, 2802, 81.5],
  ["convnext_tiny_k3_par1_2", 28, 4.4, 818, 2740, 81.4],
  ["convnext_tiny_k3_par3_8", 28, 4.4, 847, 2762, 81.4],
  ["convnext_tiny_k3_par1_4", 28, 4.4, 871, 2808, 81.3],
  ["convnext_tiny_k3_par1_8", 28, 4.4, 901, 2833, 80.8],
  ["convnext_tiny_k3_par1_16", 28, 4.4, 916, 2846, 80.1],
  ["resnet50", 26, 4.1, 969, 3149, 78.4],
];

export const paperFigures: readonly PaperFigures[] = rows.map(
  ([id, paramsM, macsG, trainImagesPerSecond, imagesPerSecond, top1]) => ({
    id,
    network: id === "resnet50" ? resnet50 : presetOf(id).architecture,
    params: Math.round(paramsM * 1e6),
    macs: Math.round(macsG * 1e9),
    trainImagesPerSecond,
    imagesPerSecond,
    top1: top1 / 100,
  }),
);

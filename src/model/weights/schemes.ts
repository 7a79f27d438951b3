/**
 * @file The names under which published checkpoints keep their weights, and their renaming to the project's own, which are
 * those of the official code (`graph/naming.ts`).
 */
import type { TensorMap, WeightTensor } from "./tensorMap.ts";

/**
 * - `metanext`: InceptionNeXt as published, the same in timm;
 * - `convnext`: ConvNeXt as published;
 * - `timm-convnext`: timm's ConvNeXt, with linear or 1 x 1 convolution MLPs;
 * - `torchvision-resnet`: ResNet-50.
 */
export type Scheme = "metanext" | "convnext" | "timm-convnext" | "torchvision-resnet";

/** Which names these are; nothing where they are none of them. */
export function schemeOf(tensors: TensorMap): Scheme | undefined {
  const has = (key: string) => tensors.has(key);
  if (has("downsample_layers.0.0.weight")) return "convnext";
  if (has("stem.0.weight")) {
    const isConvnext = [...tensors.keys()].some((key) => /^stages\.\d+\.blocks\.\d+\.conv_dw\./.test(key));
    return isConvnext ? "timm-convnext" : "metanext";
  }
  return has("conv1.weight") && has("layer1.0.conv3.weight") ? "torchvision-resnet" : undefined;
}

/** Names without what training scripts put before all of them (`module.` of DataParallel, `model.` of trainers). */
export function withoutPrefix(tensors: TensorMap): TensorMap {
  const keys = [...tensors.keys()];
  const prefix = ["module.", "model."].find((candidate) => keys.every((key) => key.startsWith(candidate)));
  return prefix && keys.length > 0
    ? withoutPrefix(rename(tensors, (key) => key.slice(prefix.length)))
    : tensors;
}

/** The tensors under the project's names; the arrays stay the same. */
export function canonicalNames(tensors: TensorMap, scheme: Scheme): TensorMap {
  return scheme === "timm-convnext" ? rename(tensors, fromTimmConvnext) : tensors;
}

const timmConvnext: readonly [pattern: RegExp, name: string][] = [
  [/^stem\./, "downsample_layers.0."],
  [/^stages\.(\d+)\.downsample\./, "downsample_layers.$1."],
  [/^stages\.(\d+)\.blocks\.(\d+)\./, "stages.$1.$2."],
  [/\.conv_dw\./, ".dwconv."],
  [/\.mlp\.fc([12])\./, ".pwconv$1."],
  [/^head\.norm\./, "norm."],
  [/^head\.fc\./, "head."],
];

function fromTimmConvnext(key: string): string {
  return timmConvnext.reduce((name, [pattern, replacement]) => name.replace(pattern, replacement), key);
}

function rename(tensors: TensorMap, name: (key: string) => string): TensorMap {
  return new Map([...tensors].map(([key, tensor]): [string, WeightTensor] => [name(key), tensor]));
}

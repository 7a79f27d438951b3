/**
 * @file Where the official code keeps each layer's weights: the state_dict paths of MetaNeXt
 * (sail-sg/inceptionnext `models/inceptionnext.py`, the same in timm) and ConvNeXt (`models/convnext.py`).
 */
import type { Family, Head } from "../architecture/schema.ts";

/** state_dict paths of one family of networks; `stage` and `block` count from 0. */
export interface Naming {
  readonly stem: string;
  readonly stage: (stage: number) => string;
  readonly downsample: (stage: number) => string;
  readonly block: (stage: number, block: number) => string;
  /** Below the block. */
  readonly tokenMixer: string;
  readonly norm: string;
  readonly mlp: string;
  readonly fc1: string;
  readonly act: string;
  readonly fc2: string;
  /** Shape of a linear layer's weight inside a block: MetaNeXt uses 1 x 1 convolutions. */
  readonly mlpWeight: (outputs: number, inputs: number) => readonly number[];
  readonly headNorm: string;
  /** The last layer of a linear head. */
  readonly headLinear: string;
}

const metanext: Naming = {
  stem: "stem",
  stage: (stage) => `stages.${stage}`,
  downsample: (stage) => `stages.${stage}.downsample`,
  block: (stage, block) => `stages.${stage}.blocks.${block}`,
  tokenMixer: "token_mixer",
  norm: "norm",
  mlp: "mlp",
  fc1: "mlp.fc1",
  act: "mlp.act",
  fc2: "mlp.fc2",
  mlpWeight: (outputs, inputs) => [outputs, inputs, 1, 1],
  headNorm: "head.norm",
  headLinear: "head.fc",
};

const convnext: Naming = {
  stem: "downsample_layers.0",
  stage: (stage) => `stages.${stage}`,
  downsample: (stage) => `downsample_layers.${stage}`,
  block: (stage, block) => `stages.${stage}.${block}`,
  tokenMixer: "dwconv",
  norm: "norm",
  mlp: "mlp",
  fc1: "pwconv1",
  act: "act",
  fc2: "pwconv2",
  mlpWeight: (outputs, inputs) => [outputs, inputs],
  headNorm: "norm",
  headLinear: "head",
};

/** The paths of the family. ConvNeXt has no MLP head of its own, so one keeps its norm where MetaNeXt's does. */
export function namingOf({ family, head }: { readonly family: Family; readonly head: Head }): Naming {
  if (family === "metanext") return metanext;
  return head.kind === "mlp" ? { ...convnext, headNorm: "head.norm" } : convnext;
}

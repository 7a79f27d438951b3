/** @file The branches of a token mixer as they are drawn: how many channels each has and what happens to them. */
import type { Size2d } from "../../model/mixers/types.ts";

/** Decides colour and kernel picture. A plain depthwise convolution is drawn as a square. */
export type BranchKind = "passing" | "square" | "bandW" | "bandH" | "average";

export interface Branch {
  readonly kind: BranchKind;
  /** Name of the module below the mixer, as in the state_dict; empty where the mixer itself is the layer. */
  readonly module: string;
  /** In words. */
  readonly name: string;
  /** First channel. */
  readonly start: number;
  readonly channels: number;
  /** `[height, width]`; absent where the channels pass through. */
  readonly kernel?: Size2d;
  /** `off`: a convolution that is switched off and passes its channels through. `absent`: no channels at all. */
  readonly state: "on" | "off" | "absent";
}

/** Channels that pass through. */
export function passing(module: string, channels: number): Branch {
  return {
    kind: "passing",
    module,
    name: "Identity",
    start: 0,
    channels,
    state: channels > 0 ? "on" : "absent",
  };
}

/** A piece of a stack: from `top`, `size` high. */
export interface Stripe {
  readonly top: number;
  readonly size: number;
}

/** The branches as stripes of a stack `height` high, each exactly as high as its share of the channels. */
export function stripesOf(branches: readonly Branch[], height: number): readonly Stripe[] {
  const total = branches.reduce((sum, branch) => sum + branch.channels, 0);
  return branches.map(({ start, channels }) => ({
    top: (start / total) * height,
    size: (channels / total) * height,
  }));
}

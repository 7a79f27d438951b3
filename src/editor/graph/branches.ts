/** @file The branches of a token mixer as they are drawn: how many channels each has and what happens to them. */
import { branchChannels, type TokenMixer } from "../../model/architecture/schema.ts";
import { inceptionBranches } from "../../model/graph/tokenMixer.ts";
import type { Size2d } from "../../model/graph/types.ts";

/** Decides colour and kernel picture. A plain depthwise convolution is drawn as a square. */
export type BranchKind = "identity" | "square" | "bandW" | "bandH";

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

/** The branches in their order along the channels of a stage with `dim` channels. */
export function branchesOfMixer(dim: number, mixer: TokenMixer): readonly Branch[] {
  switch (mixer.kind) {
    case "inception":
      return inceptionBranches(dim, mixer).map(({ name, start, count, kernelSize }) => {
        const { kind, words } = inceptionNames[name];
        const off = kind !== "identity" && kernelSize === undefined;
        return {
          kind,
          module: name,
          name: words,
          start,
          channels: count,
          ...(kernelSize && { kernel: kernelSize }),
          state: count === 0 ? "absent" : off ? "off" : "on",
        };
      });
    case "depthwise": {
      const kernel: Size2d = [mixer.kernelSize, mixer.kernelSize];
      const name = "Depthwise";
      if (mixer.convRatio === 1) {
        return [{ kind: "square", module: "", name, start: 0, channels: dim, kernel, state: "on" }];
      }
      const count = branchChannels(dim, mixer.convRatio);
      const rest = dim - count;
      return [
        passing("identity", rest),
        {
          kind: "square",
          module: "conv",
          name,
          start: rest,
          channels: count,
          ...(count > 0 && { kernel }),
          state: count > 0 ? "on" : "absent",
        },
      ];
    }
    case "identity":
      return [passing("", dim)];
    default:
      return mixer satisfies never;
  }
}

const inceptionNames = {
  identity: { kind: "identity", words: "Identity" },
  dwconv_hw: { kind: "square", words: "Square" },
  dwconv_w: { kind: "bandW", words: "Band 1 × k" },
  dwconv_h: { kind: "bandH", words: "Band k × 1" },
} as const;

function passing(module: string, channels: number): Branch {
  return {
    kind: "identity",
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

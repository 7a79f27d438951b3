/** @file Inception depthwise convolution (InceptionNeXt): identity, square, 1 x k and k x 1 branches along the channels. */
import { z } from "zod";
import { branchChannels, kernelSize, ratio } from "./fields.ts";
import type { MixerKind, Size2d } from "./types.ts";

/** Which convolution branches run; one that is off passes its channels through (the paper's ablation). */
export interface Branches {
  /** `dwconv_hw`, the square kernel. */
  readonly square: boolean;
  /** `dwconv_w`, the 1 x k band kernel. */
  readonly bandW: boolean;
  /** `dwconv_h`, the k x 1 band kernel. */
  readonly bandH: boolean;
}

export interface InceptionMixer {
  readonly kind: "inception";
  /** Share of the channels of each convolution branch; a branch has `floor(dim * branchRatio)` channels. */
  readonly branchRatio: number;
  /** k of the 1 x k and k x 1 kernels, in pixels, odd. */
  readonly bandKernelSize: number;
  /** Side of the square kernel, in pixels, odd. */
  readonly squareKernelSize: number;
  /** All on where absent. */
  readonly branches?: Branches;
}

/** One branch: its name below the mixer, its kernel, and whether it runs. */
export interface InceptionBranch {
  readonly name: "identity" | "dwconv_hw" | "dwconv_w" | "dwconv_h";
  readonly kernelSize?: Size2d;
  readonly start: number;
  /** Channels; 0 where the branch is absent. */
  readonly count: number;
}

const standard: InceptionMixer = {
  kind: "inception",
  branchRatio: 0.125,
  bandKernelSize: 11,
  squareKernelSize: 3,
};

export const inception = {
  kind: standard.kind,
  name: "Inception",
  hint: "Identity, square, 1 × k and k × 1 branches",
  schema: z.strictObject({
    kind: z.literal(standard.kind),
    branchRatio: ratio("Branch ratio"),
    bandKernelSize: kernelSize("Band kernel size"),
    squareKernelSize: kernelSize("Square kernel size"),
    branches: z.strictObject({ square: z.boolean(), bandW: z.boolean(), bandH: z.boolean() }).exactOptional(),
  }),
  standard,
  optional: ["branches"],
  issue({ branchRatio }, dim) {
    const taken = 3 * branchChannels(dim, branchRatio);
    if (taken <= dim) return undefined;
    const message = `Branch ratio takes ${taken} channels in three branches, but the stage has ${dim}`;
    return { field: "branchRatio", message };
  },
  plain,
  lower(builder, id, input, mixer) {
    const outputs = inceptionBranches(builder.channelsOf(input), mixer)
      .filter(({ count }) => count > 0)
      .map(({ name, kernelSize: kernel, start, count }) =>
        kernel
          ? builder.depthwise(`${id}.${name}`, input, kernel, { start, count })
          : builder.channels(`${id}.${name}`, input, { start, count }),
      );
    return builder.concat(`${id}.concat`, outputs);
  },
  recognise(weight) {
    const [square, bandW, bandH] = [weight("dwconv_hw"), weight("dwconv_w"), weight("dwconv_h")];
    const [channels] = square ?? bandW ?? bandH ?? [];
    if (channels === undefined) return undefined;
    return {
      channels,
      // A branch that is off has no kernel; it takes the paper's.
      mixer: (branchRatio) =>
        plain({
          ...standard,
          branchRatio,
          bandKernelSize: bandW?.[3] ?? bandH?.[2] ?? standard.bandKernelSize,
          squareKernelSize: square?.[2] ?? standard.squareKernelSize,
          branches: { square: square !== undefined, bandW: bandW !== undefined, bandH: bandH !== undefined },
        }),
    };
  },
} satisfies MixerKind<InceptionMixer>;

function plain({ branches, ...mixer }: InceptionMixer): InceptionMixer {
  const areAllOn = !branches || (branches.square && branches.bandW && branches.bandH);
  return areAllOn ? mixer : { ...mixer, branches };
}

/** Which branches of a mixer run. */
export function branchesOf({ branches }: InceptionMixer): Branches {
  return branches ?? { square: true, bandW: true, bandH: true };
}

/** The four branches in their order along the channels; one that is off has no kernel. */
export function inceptionBranches(dim: number, mixer: InceptionMixer): readonly InceptionBranch[] {
  const count = branchChannels(dim, mixer.branchRatio);
  const { square, bandW, bandH } = branchesOf(mixer);
  const { squareKernelSize, bandKernelSize } = mixer;
  const kernel = (on: boolean, size: Size2d) => (on ? { kernelSize: size } : {});
  const start = dim - 3 * count;
  return [
    { name: "identity", start: 0, count: start },
    { name: "dwconv_hw", start, count, ...kernel(square, [squareKernelSize, squareKernelSize]) },
    { name: "dwconv_w", start: start + count, count, ...kernel(bandW, [1, bandKernelSize]) },
    { name: "dwconv_h", start: start + 2 * count, count, ...kernel(bandH, [bandKernelSize, 1]) },
  ];
}

/** @file Lowers the token mixers: what comes out has the shape of what went in. */
import {
  branchChannels,
  branchesOf,
  type DepthwiseMixer,
  type InceptionMixer,
  type TokenMixer,
} from "../architecture/schema.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Size2d } from "./types.ts";

/** Adds the mixer with the module path `id` and returns the id of its output. */
export function lowerTokenMixer(builder: GraphBuilder, id: string, input: string, mixer: TokenMixer): string {
  switch (mixer.kind) {
    case "inception":
      return lowerInception(builder, id, input, mixer);
    case "depthwise":
      return lowerDepthwise(builder, id, input, mixer);
    case "identity":
      return builder.channels(id, input, { start: 0, count: builder.channelsOf(input) });
    default:
      return mixer satisfies never;
  }
}

/** One branch of an Inception mixer: its name below the mixer, its kernel, and whether it runs. */
export interface InceptionBranch {
  readonly name: "identity" | "dwconv_hw" | "dwconv_w" | "dwconv_h";
  readonly kernelSize?: Size2d;
  readonly start: number;
  /** Channels; 0 where the branch is absent. */
  readonly count: number;
}

/** The four branches in their order along the channels; one that is off has no kernel. */
export function inceptionBranches(dim: number, mixer: InceptionMixer): readonly InceptionBranch[] {
  const count = branchChannels(dim, mixer.branchRatio);
  const { square, bandW, bandH } = branchesOf(mixer);
  const { squareKernelSize, bandKernelSize } = mixer;
  const kernel = (on: boolean, kernelSize: Size2d) => (on ? { kernelSize } : {});
  const start = dim - 3 * count;
  return [
    { name: "identity", start: 0, count: start },
    { name: "dwconv_hw", start, count, ...kernel(square, [squareKernelSize, squareKernelSize]) },
    { name: "dwconv_w", start: start + count, count, ...kernel(bandW, [1, bandKernelSize]) },
    { name: "dwconv_h", start: start + 2 * count, count, ...kernel(bandH, [bandKernelSize, 1]) },
  ];
}

function lowerInception(builder: GraphBuilder, id: string, input: string, mixer: InceptionMixer): string {
  const outputs = inceptionBranches(builder.channelsOf(input), mixer)
    .filter((branch) => branch.count > 0)
    .map(({ name, kernelSize, start, count }) =>
      kernelSize
        ? builder.depthwise(`${id}.${name}`, input, kernelSize, { start, count })
        : builder.channels(`${id}.${name}`, input, { start, count }),
    );
  return builder.concat(`${id}.concat`, outputs);
}

function lowerDepthwise(builder: GraphBuilder, id: string, input: string, mixer: DepthwiseMixer): string {
  const dim = builder.channelsOf(input);
  const count = branchChannels(dim, mixer.convRatio);
  const kernelSize: Size2d = [mixer.kernelSize, mixer.kernelSize];
  if (mixer.convRatio === 1) return builder.depthwise(id, input, kernelSize, { start: 0, count });
  const parts: string[] = [];
  if (count < dim) parts.push(builder.channels(`${id}.identity`, input, { start: 0, count: dim - count }));
  if (count > 0)
    parts.push(builder.depthwise(`${id}.conv`, input, kernelSize, { start: dim - count, count }));
  return builder.concat(`${id}.concat`, parts);
}

/**
 * @file The networks of the papers, as data.
 *
 * InceptionNeXt: arXiv 2303.16900, sail-sg/inceptionnext. ConvNeXt: arXiv 2201.03545, with the kernel-size and
 * partial-convolution variants of the InceptionNeXt paper (its Table 2 and Figure 3).
 */
import type { TokenMixer } from "../mixers/table.ts";
import type { Architecture, Family, Head, Norm, Stage } from "./schema.ts";

export interface Preset {
  /** Stable name, as in links to a preset and in the command line's answers. */
  readonly id: string;
  /** Under which heading it stands. */
  readonly group: "InceptionNeXt" | "MetaNeXt" | "ConvNeXt";
  /** What sets it apart, in a few words. */
  readonly summary: string;
  readonly architecture: Architecture;
  /** Share of the resized shorter side that the evaluation crop keeps. */
  readonly cropPct: number;
}

type Four = readonly [number, number, number, number];

interface Row {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly depths: Four;
  readonly dims: Four;
  readonly mixers: TokenMixer | readonly [TokenMixer, TokenMixer, TokenMixer, TokenMixer];
  readonly imageSize?: number;
  readonly cropPct?: number;
}

/** What the networks of a group have alike. */
interface Style {
  readonly family: Family;
  readonly norm: Norm;
  readonly mlpRatios: Four;
  readonly head: Head;
}

const inception: TokenMixer = {
  kind: "inception",
  branchRatio: 0.125,
  bandKernelSize: 11,
  squareKernelSize: 3,
};
const inceptionAtto: TokenMixer = { ...inception, branchRatio: 0.25, bandKernelSize: 9 };
const identity: TokenMixer = { kind: "identity" };
const depthwise = (kernelSize: number, convRatio = 1): TokenMixer => ({
  kind: "depthwise",
  kernelSize,
  convRatio,
});

const atto = { depths: [2, 2, 6, 2], dims: [40, 80, 160, 320] } as const;
const tiny = { depths: [3, 3, 9, 3], dims: [96, 192, 384, 768] } as const;
const small = { depths: [3, 3, 27, 3], dims: tiny.dims } as const;
const base = { depths: small.depths, dims: [128, 256, 512, 1024] } as const;

const inceptionNext: readonly Row[] = [
  {
    id: "inceptionnext_atto",
    name: "InceptionNeXt-A",
    summary: "smallest official network",
    ...atto,
    mixers: inceptionAtto,
  },
  {
    id: "inceptionnext_tiny",
    name: "InceptionNeXt-T",
    summary: "ConvNeXt-T's size",
    ...tiny,
    mixers: inception,
  },
  {
    id: "inceptionnext_small",
    name: "InceptionNeXt-S",
    summary: "27 blocks in stage 3",
    ...small,
    mixers: inception,
  },
  {
    id: "inceptionnext_base",
    name: "InceptionNeXt-B",
    summary: "a third wider than small",
    ...base,
    mixers: inception,
    cropPct: 0.95,
  },
  {
    id: "inceptionnext_base_384",
    name: "InceptionNeXt-B 384",
    summary: "base on 384 x 384 images",
    ...base,
    mixers: inception,
    imageSize: 384,
    cropPct: 1,
  },
];

const metaNext: readonly Row[] = [
  {
    id: "metanext_tiny_identity",
    name: "MetaNeXt-T identity",
    summary: "no token mixing",
    ...tiny,
    mixers: identity,
  },
  {
    id: "metanext_tiny_dw7",
    name: "MetaNeXt-T 7 x 7",
    summary: "what Inception replaces",
    ...tiny,
    mixers: depthwise(7),
  },
  {
    id: "metanext_tiny_mixed",
    name: "MetaNeXt-T mixed",
    summary: "another mixer in every stage",
    ...tiny,
    mixers: [depthwise(3), inception, inception, identity],
  },
];

const convNext: readonly Row[] = [
  { id: "convnext_tiny", name: "ConvNeXt-T", summary: "the network to beat", ...tiny, mixers: depthwise(7) },
  { id: "convnext_tiny_k5", name: "ConvNeXt-T k5", summary: "5 x 5 kernels", ...tiny, mixers: depthwise(5) },
  { id: "convnext_tiny_k3", name: "ConvNeXt-T k3", summary: "3 x 3 kernels", ...tiny, mixers: depthwise(3) },
  ...[
    { ratio: 1 / 2, name: "1_2" },
    { ratio: 3 / 8, name: "3_8" },
    { ratio: 1 / 4, name: "1_4" },
    { ratio: 1 / 8, name: "1_8" },
    { ratio: 1 / 16, name: "1_16" },
  ].map(({ ratio, name }) => ({
    id: `convnext_tiny_k3_par${name}`,
    name: `ConvNeXt-T k3 ${name.replace("_", "/")}`,
    summary: `3 x 3 kernels on ${name.replace("_", "/")} of the channels`,
    ...tiny,
    mixers: depthwise(3, ratio),
  })),
  {
    id: "convnext_atto_dims",
    name: "ConvNeXt-A",
    summary: "atto's depths and dims",
    ...atto,
    mixers: depthwise(7),
  },
  {
    id: "convnext_small",
    name: "ConvNeXt-S",
    summary: "27 blocks in stage 3",
    ...small,
    mixers: depthwise(7),
  },
  {
    id: "convnext_base",
    name: "ConvNeXt-B",
    summary: "a third wider than small",
    ...base,
    mixers: depthwise(7),
  },
];

/** MetaNeXt's last stage has a narrower MLP, its head a wider one, which evens out the parameters. */
const metanextStyle = {
  family: "metanext",
  norm: "batchnorm",
  mlpRatios: [4, 4, 4, 3],
  head: { kind: "mlp", mlpRatio: 3 },
} as const;
const convnextStyle = {
  family: "convnext",
  norm: "layernorm",
  mlpRatios: [4, 4, 4, 4],
  head: { kind: "linear" },
} as const;

/** Every preset, smallest of a group first. */
export const presets: readonly Preset[] = [
  ...inceptionNext.map((row) => preset("InceptionNeXt", row, metanextStyle)),
  ...metaNext.map((row) => preset("MetaNeXt", row, metanextStyle)),
  ...convNext.map((row) => preset("ConvNeXt", row, convnextStyle)),
];

/** @throws Error if there is none of that id. */
export function presetOf(id: string): Preset {
  const found = presets.find((candidate) => candidate.id === id);
  if (!found)
    throw new Error(`There is no preset ${id}. Presets: ${presets.map((one) => one.id).join(", ")}.`);
  return found;
}

function preset(
  group: Preset["group"],
  { id, name, summary, depths, dims, mixers, imageSize = 224, cropPct = 0.875 }: Row,
  { family, norm, mlpRatios, head }: Style,
): Preset {
  const stage = (index: 0 | 1 | 2 | 3): Stage => ({
    depth: depths[index],
    dim: dims[index],
    mlpRatio: mlpRatios[index],
    tokenMixer: "kind" in mixers ? mixers : mixers[index],
  });
  const stages = [stage(0), stage(1), stage(2), stage(3)] as const;
  const architecture: Architecture = {
    version: 2,
    name,
    inChannels: 3,
    imageSize,
    numClasses: 1000,
    family,
    norm,
    stages,
    head,
  };
  return { id, group, summary, architecture, cropPct };
}

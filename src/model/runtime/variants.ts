/**
 * @file Ways to run the fused programs that are not the rule. Each is off unless it is asked for, and before its first use on
 * a device it is held against the rule, on two small networks that take every program that an architecture can.
 */
import type { Architecture } from "../architecture/schema.ts";
import { deviationsApart } from "../graph/difference.ts";
import { lower } from "../graph/lower.ts";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import { pipelinesOf } from "../kernels/pipelines.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { Arena } from "./arena.ts";
import { toChannelsLast } from "./axisOrder.ts";
import { EngineError } from "./errors.ts";
import { type FusedDevice, type FusedKernels, FusedNetwork } from "./fused.ts";
import { foldedSources } from "./sources.ts";

export type Variant = Exclude<FusedKernels, "fused">;

/** Those that an adapter with these features can have, as far as can be told before the check. */
export function variantsWith(features: GPUSupportedFeatures): readonly Variant[] {
  return features.has("subgroups") ? ["fused-f16", "fused-subgroups"] : ["fused-f16"];
}

/** Largest difference from float32 that passes, in standard deviations of the logits. Halves have eleven binary digits. */
const tolerance: Readonly<Record<Variant, number>> = { "fused-f16": 0.02, "fused-subgroups": 1e-4 };

const checks = new WeakMap<GPUDevice, Map<Variant, Promise<void>>>();

/**
 * The device as these kernels use it.
 * @throws EngineError `unavailable` where the adapter can't have them, or does not do with them as with float32.
 */
export async function variantOf(on: FusedDevice, kernels: FusedKernels): Promise<FusedDevice> {
  if (kernels === on.kernels) return on;
  const base: FusedDevice = { ...on, kernels: "fused" };
  if (kernels === "fused") return base;
  const variant = deviceOf(base, kernels);
  const checked = checks.get(on.device) ?? new Map<Variant, Promise<void>>();
  checks.set(on.device, checked);
  const check = checked.get(kernels) ?? checkVariant(base, variant, tolerance[kernels]);
  checked.set(kernels, check);
  await check;
  return variant;
}

function deviceOf(on: FusedDevice, kernels: Variant): FusedDevice {
  switch (kernels) {
    case "fused-f16":
      return { ...on, kernels, pipelines: pipelinesOf(on.device, "f16") };
    case "fused-subgroups":
      if (!variantsWith(on.device.features).includes(kernels)) {
        throw new EngineError("unavailable", "This adapter has no subgroups: choose other kernels.");
      }
      return { ...on, kernels, tiles: { ...on.tiles, few: { family: "subgroups" } } };
    default:
      return kernels satisfies never;
  }
}

/** `most`: standard deviations of the logits that the variant may be off. @throws EngineError `unavailable` */
export async function checkVariant(base: FusedDevice, variant: FusedDevice, most: number): Promise<void> {
  // Apart from the memory that networks are using now.
  const arena = new Arena(base.device);
  try {
    for (const architecture of probes) {
      const expected = await logitsOf(architecture, { ...base, arena });
      const actual = await logitsOf(architecture, { ...variant, arena });
      const difference = deviationsApart(actual, expected);
      if (difference <= most) continue;
      throw new EngineError(
        "unavailable",
        `On this adapter ${variant.kernels} does not compute what float32 does: its logits are ${difference.toPrecision(2)} standard deviations off. It is not used.`,
      );
    }
  } finally {
    arena.dispose();
  }
}

async function logitsOf(architecture: Architecture, on: FusedDevice): Promise<Float32Array> {
  const graph = lower(architecture);
  const folded = fold(graph);
  const lease = on.weights.lease();
  const sources = foldedSources(folded.folds, seededWeights(graph));
  const network = new FusedNetwork(fuse(folded.graph), sources, on, lease);
  const { imageSize: size, inChannels: channels } = architecture;
  try {
    return await network.run(toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]), 1);
  } finally {
    network.dispose();
  }
}

const stage = (dim: number) => ({ depth: 1, dim, mlpRatio: 2 });
const inception = { kind: "inception", branchRatio: 0.25, bandKernelSize: 5, squareKernelSize: 3 } as const;
const depthwise = { kind: "depthwise", kernelSize: 7, convRatio: 1 } as const;
const common = { version: 2, inChannels: 3, imageSize: 64, numClasses: 100 } as const;

/** Batch norms and every branch; layer norms and every other mixer. Dims that are no multiples of 4 are among them. */
export const probes: readonly Architecture[] = [
  {
    ...common,
    family: "metanext",
    norm: "batchnorm",
    stages: [
      { ...stage(16), tokenMixer: inception },
      { ...stage(24), tokenMixer: inception },
      { ...stage(30), tokenMixer: inception },
      { ...stage(40), tokenMixer: inception },
    ],
    head: { kind: "mlp", mlpRatio: 3 },
  },
  {
    ...common,
    family: "convnext",
    norm: "layernorm",
    stages: [
      { ...stage(16), tokenMixer: depthwise },
      { ...stage(26), tokenMixer: { kind: "pool", kernelSize: 3 } },
      { ...stage(32), tokenMixer: { kind: "identity" } },
      { ...stage(40), tokenMixer: depthwise },
    ],
    head: { kind: "linear" },
  },
];

/**
 * @file Tells from names and shapes alone which network a checkpoint holds.
 */
import { type Family, type Head, type Norm, parseArchitecture } from "../architecture/schema.ts";
import { elementCount } from "../graph/elementCount.ts";
import { lower } from "../graph/lower.ts";
import { type Naming, namingOf } from "../graph/naming.ts";
import { type AnyNetwork, resnet50 } from "../graph/network.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import type { LayerGraph } from "../graph/types.ts";
import { recogniseMixer, type TokenMixer } from "../mixers/table.ts";
import { ratiosOf } from "./ratios.ts";
import { canonicalNames, type Scheme, schemeOf, withoutPrefix } from "./schemes.ts";
import { CheckpointError, type TensorMap, type WeightTensor } from "./tensorMap.ts";

/** A tensor of another shape than its place in the network needs. */
export interface Misshaped {
  readonly key: string;
  readonly expected: readonly number[];
  readonly actual: readonly number[];
}

export interface Recognition {
  readonly scheme: Scheme;
  readonly architecture: AnyNetwork;
  /** What the network needs and the checkpoint has in the right shape, under the names of its LayerGraph. */
  readonly tensors: TensorMap;
  /** Keys that the network needs and the checkpoint lacks. */
  readonly missing: readonly string[];
  /** Keys that the network has no use for. */
  readonly extra: readonly string[];
  readonly misshaped: readonly Misshaped[];
}

/**
 * Recognises MetaNeXt (InceptionNeXt and its ablations), ConvNeXt and ResNet-50, of any depths, dims, ratios, kernels and
 * class count. Weights don't depend on the image size, so it is not in the shapes.
 * @throws CheckpointError `wrongArchitecture`
 */
export function recogniseArchitecture(source: TensorMap, { imageSize = 224 } = {}): Recognition {
  const bare = withoutPrefix(source);
  const scheme = schemeOf(bare);
  if (!scheme) {
    const names = [...bare.keys()].slice(0, 3).map((key) => key.slice(0, 60));
    throw unknown(`The tensors (${names.join(", ")}, ...) are of no network that is known here.`);
  }
  const tensors = canonicalNames(bare, scheme);
  if (scheme === "torchvision-resnet") {
    return { scheme, architecture: resnet50, ...match(tensors, lowerResnet50({ imageSize })) };
  }
  const family = scheme === "metanext" ? "metanext" : "convnext";
  const parsed = parseArchitecture(infer(tensors, family, imageSize));
  if (!parsed.ok) {
    const issues = parsed.issues.map(({ path, message }) => `${path}: ${message}`);
    throw unknown(`The tensors make no valid network (${issues.join("; ")}).`);
  }
  return { scheme, architecture: parsed.value, ...match(tensors, lower(parsed.value)) };
}

function infer(tensors: TensorMap, family: Family, imageSize: number): unknown {
  const head: Head = tensors.has("head.fc1.weight") ? { kind: "mlp", mlpRatio: 1 } : { kind: "linear" };
  const names = namingOf({ family, head });
  const size = (key: string, axis = 0) => {
    const value = tensors.get(key)?.shape[axis];
    if (value === undefined)
      throw unknown(`The checkpoint has no ${key}, without which the network is unknown.`);
    return value;
  };
  const dims = [0, 1, 2, 3].map((stage) =>
    size(stage === 0 ? `${names.stem}.0.weight` : `${names.downsample(stage)}.1.weight`),
  );
  const hidden = dims.map((dim, stage) => ({
    dim,
    count: size(`${names.block(stage, 0)}.${names.fc1}.weight`),
  }));
  const mlpRatios = ratiosOf(hidden);
  const depths = depthsOf(tensors, names);
  const mixers = mixersOf(tensors, names, dims, depths);
  const [headRatio] =
    head.kind === "mlp" ? ratiosOf([{ dim: dims[3] ?? 1, count: size("head.fc1.weight") }]) : [];
  return {
    version: 2,
    inChannels: size(`${names.stem}.0.weight`, 1),
    imageSize,
    numClasses: size(head.kind === "mlp" ? "head.fc2.weight" : `${names.headLinear}.weight`),
    family,
    norm: normOf(tensors),
    stages: dims.map((dim, stage) => ({
      depth: depths[stage],
      dim,
      mlpRatio: mlpRatios[stage],
      tokenMixer: mixers[stage],
    })),
    head: head.kind === "mlp" ? { kind: "mlp", mlpRatio: headRatio } : head,
  };
}

/** Only a batch norm keeps running statistics. */
function normOf(tensors: TensorMap): Norm {
  return [...tensors.keys()].some((key) => /\.running_(mean|var)$/.test(key)) ? "batchnorm" : "layernorm";
}

function depthsOf(tensors: TensorMap, names: Naming): readonly number[] {
  const keys = [...tensors.keys()];
  return [0, 1, 2, 3].map((stage) => {
    let depth = 0;
    while (keys.some((key) => key.startsWith(`${names.block(stage, depth)}.`))) depth += 1;
    return depth;
  });
}

/** Mixers of the stages. Those of one kind share a ratio where one gives all their channels. */
function mixersOf(
  tensors: TensorMap,
  names: Naming,
  dims: readonly number[],
  depths: readonly number[],
): readonly TokenMixer[] {
  const found = dims.map((dim, stage) => ({
    dim,
    ...recogniseMixer((module) => {
      const path = `${names.tokenMixer}${module && "."}${module}.weight`;
      // A tensor may be missing from one block and there in another.
      const blocks = Array.from({ length: depths[stage] ?? 0 }, (_, block) => names.block(stage, block));
      return blocks.map((id) => tensors.get(`${id}.${path}`)?.shape).find((shape) => shape !== undefined);
    }),
  }));
  return found.map(({ kind, mixer }, stage) => {
    const alike = found.map((one, place) => ({ ...one, place })).filter((one) => one.kind === kind);
    const shares = alike.flatMap(({ dim, channels, place }) =>
      channels === undefined ? [] : [{ dim, count: channels, place }],
    );
    const ratio = ratiosOf(shares)[shares.findIndex(({ place }) => place === stage)];
    return mixer(ratio ?? 1);
  });
}

/** Compares what is there with what the graph needs. Axes of 1 at the end don't matter: a 1 x 1 convolution is linear. */
function match(tensors: TensorMap, graph: LayerGraph): Omit<Recognition, "scheme" | "architecture"> {
  const specs = graph.nodes.flatMap((node) => node.tensors);
  const matched = new Map<string, WeightTensor>();
  const missing: string[] = [];
  const misshaped: Misshaped[] = [];
  for (const { key, shape } of specs) {
    const tensor = tensors.get(key);
    if (!tensor) missing.push(key);
    else if (sameShape(tensor.shape, shape)) matched.set(key, { shape, data: tensor.data });
    else misshaped.push({ key, expected: shape, actual: tensor.shape });
  }
  const needed = new Set(specs.map(({ key }) => key));
  return {
    tensors: matched,
    missing,
    extra: [...tensors.keys()].filter((key) => !needed.has(key)),
    misshaped,
  };
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  const length = Math.max(a.length, b.length);
  return (
    elementCount(a) === elementCount(b) && Array.from({ length }).every((_, i) => (a[i] ?? 1) === (b[i] ?? 1))
  );
}

function unknown(what: string): CheckpointError {
  return new CheckpointError("wrongArchitecture", what);
}

/**
 * @file Weights with an identity, so that what was made from them is found again, and folded weights that are computed
 * only where nothing was.
 */
import { affineValues, applyFolds } from "../graph/passes/applyFolds.ts";
import { type Affine, affineKeys, type Fold } from "../graph/passes/fold.ts";
import type { LayerGraph, TensorSpec } from "../graph/types.ts";
import type { TensorMap, WeightTensor } from "../weights/tensorMap.ts";
import { EngineError } from "./errors.ts";

/** A weight that may still have to be computed. */
export interface Source {
  readonly shape: readonly number[];
  /** Equal for equal values: it names the arrays that they come from and what is done to them. */
  readonly identity: string;
  /** The values in PyTorch's layout. */
  read(): Float32Array;
}

/** By state_dict key. */
export type Sources = ReadonlyMap<string, Source>;

const identities = new WeakMap<Float32Array, number>();
let lastIdentity = 0;

/** A number that no other array has or will have. */
function identityOf(array: Float32Array): number {
  const known = identities.get(array);
  if (known !== undefined) return known;
  lastIdentity += 1;
  identities.set(array, lastIdentity);
  return lastIdentity;
}

/** The weights as they are. */
export function plainSources(weights: TensorMap): Sources {
  return new Map([...weights].map(([key, tensor]) => [key, plain(tensor)]));
}

function plain({ shape, data }: WeightTensor): Source {
  return { shape, identity: String(identityOf(data)), read: () => data };
}

/**
 * The weights of the folded graph. A layer is folded when its weight or bias is first read, and the values are kept no
 * longer than the result of this call. Every tensor must be there: see `checkWeights`.
 */
export function foldedSources(folds: readonly Fold[], weights: TensorMap): Sources {
  const sources = new Map(plainSources(weights));
  for (const layer of byLayer(folds)) {
    const identity = layer.map((fold) => identityOfFold(fold, weights)).join("; ");
    let values: TensorMap | undefined;
    const folded = () => {
      values ??= applyFolds(layer, weights);
      return values;
    };
    for (const { key, role, shape } of layer.flatMap(({ weight, bias }) => [weight, bias])) {
      const read = () => folded().get(key)?.data ?? new Float32Array();
      sources.set(key, { shape, identity: `${role}(${identity})`, read });
    }
  }
  return sources;
}

function byLayer(folds: readonly Fold[]): readonly (readonly Fold[])[] {
  const layers = new Map<string, Fold[]>();
  for (const fold of folds) layers.set(fold.weight.key, [...(layers.get(fold.weight.key) ?? []), fold]);
  return [...layers.values()];
}

function identityOfFold({ side, affine, weight, bias }: Fold, weights: TensorMap): string {
  const arrays = [weight.key, bias.key, ...affineKeys(affine)].map((key) => {
    const data = weights.get(key)?.data;
    return data ? identityOf(data) : "none";
  });
  return [side, affine.kind === "scale" ? "" : affine.epsilon, ...arrays].join(" ");
}

/** @throws EngineError `weights` naming the tensor of the graph that is missing or misshaped. */
export function checkWeights(graph: LayerGraph, weights: TensorMap): void {
  for (const { key, shape } of graph.nodes.flatMap((node) => node.tensors)) {
    const tensor = weights.get(key);
    if (!tensor) throw new EngineError("weights", `The weights have no tensor ${key}.`);
    if (tensor.shape.join() !== shape.join()) {
      const shapes = `[${tensor.shape.join(", ")}], the network needs [${shape.join(", ")}]`;
      throw new EngineError("weights", `Tensor ${key} has the shape ${shapes}.`);
    }
  }
}

/** @throws EngineError `failed` if there is none of that key. */
export function sourceOf(sources: Sources, { key }: Pick<TensorSpec, "key">): Source {
  const source = sources.get(key);
  if (!source) throw new EngineError("failed", `The network has no weights ${key}.`);
  return source;
}

/** Equal for equal values of `affineOfSources`. */
export function affineIdentity(affine: Affine, sources: Sources): string {
  const identities = affineKeys(affine).map((key) => sourceOf(sources, { key }).identity);
  return `affine ${affine.kind === "scale" ? "" : affine.epsilon} ${identities.join(", ")}`;
}

/** One factor and one offset a channel. */
export function affineOfSources(
  affine: Affine,
  sources: Sources,
): { readonly factor: Float32Array; readonly offset: Float32Array } {
  const { factor, offset } = affineValues(affine, (key) => sourceOf(sources, { key }).read());
  return { factor: Float32Array.from(factor), offset: Float32Array.from(offset) };
}

/** @file Evaluates the folds of a folded graph on weights, in double precision. */
import type { Affine, Fold } from "./fold.ts";

/** As `WeightTensor` of the weights folder, which the graph does not import. */
interface Values {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

type Tensors = ReadonlyMap<string, Values>;

/**
 * The weights of the folded graph: those of the original one, the folded layers' replaced under their own keys. Arrays
 * that no fold touches are the same arrays.
 *
 * @throws Error naming the key if a tensor is missing.
 */
export function applyFolds(folds: readonly Fold[], tensors: Tensors): Tensors {
  const result = new Map(tensors);
  for (const fold of folds) {
    const weight = get(result, fold.weight.key);
    const bias = result.get(fold.bias.key)?.data ?? new Float32Array(fold.bias.shape[0] ?? 0);
    const folded = foldLayer(fold.side, affineValues(fold.affine, tensors), weight, bias);
    result.set(fold.weight.key, { shape: weight.shape, data: folded.weight });
    result.set(fold.bias.key, { shape: fold.bias.shape, data: folded.bias });
  }
  return result;
}

function get(tensors: Tensors, key: string): Values {
  const tensor = tensors.get(key);
  if (!tensor) throw new Error(`The weights have no ${key}.`);
  return tensor;
}

interface AffineValues {
  readonly factor: (channel: number) => number;
  readonly offset: (channel: number) => number;
}

function affineValues(affine: Affine, tensors: Tensors): AffineValues {
  const read = (key: string) => {
    const { data } = get(tensors, key);
    return (channel: number) => data[channel] ?? 0;
  };
  if (affine.kind === "scale") return { factor: read(affine.gamma), offset: () => 0 };
  const [weight, bias] = [read(affine.weight), read(affine.bias)];
  const [mean, variance] = [read(affine.runningMean), read(affine.runningVar)];
  const factor = (channel: number) => weight(channel) / Math.sqrt(variance(channel) + affine.epsilon);
  return { factor, offset: (channel) => bias(channel) - mean(channel) * factor(channel) };
}

/** The weight is `[outputs, inputs, ...kernel]`, as PyTorch has it. */
function foldLayer(
  side: Fold["side"],
  { factor, offset }: AffineValues,
  { shape, data }: Values,
  bias: Float32Array,
): { readonly weight: Float32Array; readonly bias: Float32Array } {
  const [outputs = 0, inputs = 0] = shape;
  const area = data.length / (outputs * inputs);
  const weight = new Float32Array(data.length);
  const newBias = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    let sum = bias[output] ?? 0;
    if (side === "outputs") sum = sum * factor(output) + offset(output);
    for (let input = 0; input < inputs; input++) {
      const scale = factor(side === "outputs" ? output : input);
      const shift = side === "outputs" ? 0 : offset(input);
      const start = (output * inputs + input) * area;
      for (let at = start; at < start + area; at++) {
        const value = data[at] ?? 0;
        weight[at] = value * scale;
        sum += value * shift;
      }
    }
    newBias[output] = sum;
  }
  return { weight, bias: newBias };
}

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
    const folded = foldLayer(
      fold.side,
      affineValues(fold.affine, (key) => get(tensors, key).data),
      weight,
      bias,
    );
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

/** y = factor * x + offset, one of each a channel. */
interface AffineValues {
  readonly factor: Float64Array;
  readonly offset: Float64Array;
}

/** @param read Gives a tensor's values. */
export function affineValues(affine: Affine, read: (key: string) => Float32Array): AffineValues {
  if (affine.kind === "scale") {
    const factor = Float64Array.from(read(affine.gamma));
    return { factor, offset: new Float64Array(factor.length) };
  }
  const [bias, mean, variance] = [read(affine.bias), read(affine.runningMean), read(affine.runningVar)];
  const factor = Float64Array.from(read(affine.weight)).map(
    (weight, channel) => weight / Math.sqrt((variance[channel] ?? 0) + affine.epsilon),
  );
  const offset = Float64Array.from(bias).map(
    (value, channel) => value - (mean[channel] ?? 0) * (factor[channel] ?? 0),
  );
  return { factor, offset };
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
  let at = 0;
  for (let output = 0; output < outputs; output++) {
    if (side === "outputs") {
      const scale = factor[output] ?? 1;
      for (const end = at + inputs * area; at < end; at++) weight[at] = (data[at] ?? 0) * scale;
      newBias[output] = (bias[output] ?? 0) * scale + (offset[output] ?? 0);
      continue;
    }
    let sum = bias[output] ?? 0;
    for (let input = 0; input < inputs; input++) {
      const scale = factor[input] ?? 1;
      const shift = offset[input] ?? 0;
      for (const end = at + area; at < end; at++) {
        const value = data[at] ?? 0;
        weight[at] = value * scale;
        sum += value * shift;
      }
    }
    newBias[output] = sum;
  }
  return { weight, bias: newBias };
}

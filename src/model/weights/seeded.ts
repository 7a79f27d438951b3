/**
 * @file Weights and inputs by formula: the same everywhere without a file, for tests, benchmarks and nets never trained.
 *
 * Every tensor depends on its state_dict key alone, so a rebuilt layer gets the same values. The reference forward passes use these.
 */
import { elementCount } from "../graph/elementCount.ts";

/** Start of the hashes of a name (FNV-1a of its UTF-8). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

/** Hash of the name behind the seed and an index: a whole number below 2^32. */
export function hashAt(seed: number, index: number): number {
  let h = seed ^ Math.imul(index, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `count` hashes of the name. */
export function hashes(name: string, count: number): Uint32Array<ArrayBuffer> {
  const seed = seedOf(name);
  const values = new Uint32Array(count);
  for (let i = 0; i < count; i++) values[i] = hashAt(seed, i);
  return values;
}

/** The formula's values of the tensor `key` of this shape, in PyTorch's (row-major) order. */
export function seededTensor(key: string, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const { base, spread } = distribution(key, shape);
  return uniform(key, elementCount(shape), base, spread);
}

/** A seeded batch of square images, `[batch, channels, imageSize, imageSize]`, as if already normalised. */
export function seededInput(imageSize: number, batch: number, channels = 3): Float32Array<ArrayBuffer> {
  return uniform(`input:${imageSize}`, batch * channels * imageSize * imageSize, 0, 1.5);
}

function distribution(key: string, shape: readonly number[]): { base: number; spread: number } {
  if (key.endsWith("running_var")) return { base: 1, spread: 0.5 };
  if (key.endsWith("running_mean")) return { base: 0, spread: 0.25 };
  if (key.endsWith("gamma")) return { base: 0.5, spread: 0.25 };
  if (key.endsWith("bias")) return { base: 0, spread: 0.1 };
  // The spread of a weight keeps the variance of activations: its fan-in is everything but the first axis.
  if (shape.length >= 2) return { base: 0, spread: Math.sqrt(3 / elementCount(shape.slice(1))) };
  return { base: 1, spread: 0.25 };
}

/** In [base - spread, base + spread); computed in double precision and rounded once, as the reference values were. */
function uniform(name: string, count: number, base: number, spread: number): Float32Array<ArrayBuffer> {
  const seed = seedOf(name);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = base + spread * ((hashAt(seed, i) / 2 ** 32) * 2 - 1);
  return values;
}

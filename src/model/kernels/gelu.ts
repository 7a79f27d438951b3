/**
 * @file The exact GELU, x * (1 + erf(x / sqrt 2)) / 2, in WGSL and in plain code.
 *
 * erfc is Abramowitz and Stegun 7.1.26 (error at most 1.5e-7). Written as relu(x) - |x| * erfc(|x| / sqrt 2) / 2, so that
 * the error goes to 0 on both sides instead of growing with x; in float32 it is at most 4e-7 everywhere.
 */

/** WGSL: `fn gelu(x: vec4<f32>) -> vec4<f32>`. */
export const geluCode = `
fn gelu(x: vec4<f32>) -> vec4<f32> {
  let z = abs(x) * 0.70710678;
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return max(x, vec4<f32>(0.0)) - 0.5 * abs(x) * p * exp(-z * z);
}`;

/** GELU of one number in double precision, to about 1e-15: the reference for `geluCode` and for everything on a CPU. */
export function gelu(x: number): number {
  return 0.5 * x * erfc(-x * Math.SQRT1_2);
}

/** 1 - erf(x): the Taylor series of erf near 0, the continued fraction of erfc beyond. */
function erfc(x: number): number {
  const z = Math.abs(x);
  const positive = z < 2 ? 1 - erfSeries(z) : erfcFraction(z);
  return x < 0 ? 2 - positive : positive;
}

function erfSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
    term *= (-z * z) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function erfcFraction(z: number): number {
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (z + fraction);
  return Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction);
}

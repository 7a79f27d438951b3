/**
 * @file The exact GELU, x * (1 + erf(x / sqrt 2)) / 2, in WGSL.
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

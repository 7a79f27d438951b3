/**
 * @file The exact GELU, x * (1 + erf(x / sqrt 2)) / 2, in WGSL.
 *
 * erf is a quotient of polynomials in z * z (Eigen's), for z within 4, beyond which float32 knows no difference from 1. It
 * needs no exponential, which a software adapter computes in as many steps as all of this. In float32 it is off by at most
 * 4e-7, and where x is above 1 by at most 4e-7 of x.
 */

/** WGSL: `fn gelu(x: vec4<f32>) -> vec4<f32>`. */
export const geluCode = `
fn gelu(x: vec4<f32>) -> vec4<f32> {
  let z = clamp(x * 0.70710678, vec4<f32>(-4.0), vec4<f32>(4.0));
  let t = z * z;
  let p = (((((-2.72614225801306e-10 * t + 2.77068142495902e-8) * t - 2.10102402082508e-6) * t
    - 5.69250639462346e-5) * t - 7.34990630326855e-4) * t - 2.95459980854025e-3) * t - 1.60960333262415e-2;
  let q = (((-1.45660718464996e-5 * t - 2.13374055278905e-4) * t - 1.68282697438203e-3) * t
    - 7.37332916720468e-3) * t - 1.42647390514189e-2;
  return x * (z * p / q * 0.5 + 0.5);
}`;

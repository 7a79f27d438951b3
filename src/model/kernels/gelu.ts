/**
 * @file The exact GELU, x * (1 + erf(x / sqrt 2)) / 2, in few multiplications: for WGSL, and for WebAssembly beside it.
 *
 * GELU is max(x, 0) less u * (1 - Phi(u)), with u = |x| and Phi the normal distribution: a bump that is 0.17 at most. That is
 * u / q(u)^8 with a polynomial q (the form of Abramowitz and Stegun 7.1.28, here fitted to the bump itself). It needs no
 * exponential, which a software adapter computes in as many steps as all of this. The fit is off by 1.3e-7, and in
 * float32 by 2.5e-7, and where u is above 1 by as much of u.
 */

/** Of q, the highest power first. */
export const bumpPolynomial = [
  1.894778853553e-5, -6.756235334547e-5, 5.431242648747e-4, 4.991448445612e-4, 9.800051705015e-3,
  4.867084355708e-2, 1.087902789615e-1, 1.090505951827,
] as const;

/** The largest u that is computed: the bump is 0 there to float32, and q(u)^8 not yet too large for it. */
export const bumpEnd = 20;

const [first, ...others] = bumpPolynomial;

/** WGSL: `fn gelu(x: vec4<f32>) -> vec4<f32>`. */
export const geluCode = `
fn gelu(x: vec4<f32>) -> vec4<f32> {
  let u = min(abs(x), vec4<f32>(${bumpEnd}.0));
  let q = ${others.reduce((sum, coefficient) => `(${sum}) * u + ${coefficient}`, `${first}`)};
  let q2 = q * q;
  let q4 = q2 * q2;
  return max(x, vec4<f32>(0.0)) - u / (q4 * q4);
}`;

/**
 * @file The exact GELU, x * (1 + erf(x / sqrt 2)) / 2, in few multiplications: for WGSL, and for WebAssembly beside it.
 *
 * The normal distribution less 1/2 is z times a quotient of polynomials in z * z, for z within 5.1, beyond which x times what
 * is left of it is less than 1e-6. It needs no exponential, which a software adapter computes in as many steps as all of
 * this. The quotient is the least largest error of x * z * quotient, relative to x: 4.5e-8, and 2.6e-7 in float32.
 */

/** Of the quotient, the highest power first. */
export const numerator = [11.442116503, 606.3590482, 11196.474018, 99027.427659, 833453.74449] as const;
export const denominator = [1, 217.71579986, 5354.4614899, 75256.247866, 596408.43924, 2089160.231] as const;

/** The largest z. */
export const end = 5.1;

/** Horner's scheme; of a highest power that stands alone, no multiplication by 1. */
const polynomial = ([first, second, ...others]: readonly number[]) =>
  others.reduce(
    (sum, coefficient) => `(${sum}) * t + ${coefficient}`,
    first === 1 ? `t + ${second}` : `${first} * t + ${second}`,
  );

/** WGSL: `fn gelu(x: vec4<f32>) -> vec4<f32>`. */
export const geluCode = `
fn gelu(x: vec4<f32>) -> vec4<f32> {
  let above = max(x, vec4<f32>(-${end}));
  let z = min(above, vec4<f32>(${end}));
  let t = z * z;
  return above * (z * (${polynomial(numerator)}) / (${polynomial(denominator)}) + 0.5);
}`;

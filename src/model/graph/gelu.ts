/** @file The exact GELU in double precision: the reference for everything faster. */

/** x * (1 + erf(x / sqrt 2)) / 2, to about 1e-15. */
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

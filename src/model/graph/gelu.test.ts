import { expect, it } from "vitest";
import { gelu } from "./gelu.ts";

it("gives the exact GELU", () => {
  // Python: 0.5 * x * math.erfc(-x / math.sqrt(2))
  expect(gelu(0)).toBe(0);
  expect(gelu(1)).toBeCloseTo(0.8413447460685429, 14);
  expect(gelu(-2)).toBeCloseTo(-0.04550026389635844, 15);
  expect(gelu(-6)).toBeCloseTo(-5.919525870226207e-9, 20);
  expect(gelu(3.5)).toBeCloseTo(3.4991857982233756, 13);
});

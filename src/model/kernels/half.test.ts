import { expect, it } from "vitest";
import { fromFloat16 } from "../weights/float16.ts";
import { toHalves } from "./half.ts";

it("keeps what is too large as the largest, and what is no number as none", () => {
  const values = Float32Array.of(1e9, -1e9, Number.POSITIVE_INFINITY, Number.NaN, 65519, 1e-20, -1e-20);
  expect([...fromFloat16(toHalves(values))]).toEqual([65504, -65504, 65504, Number.NaN, 65504, 0, -0]);
});

import { describe, expect, it } from "vitest";
import { dispatchCopy } from "./copy.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

describe("copy", () => {
  const gpu = useTestGpu();
  it.each([1, 255, 257, 1000])("copies every one of %i vectors", async (length) => {
    const x = noise(4 * length);
    expect(await gpu().run(dispatchCopy(length), [x])).toEqual(x);
  });
});

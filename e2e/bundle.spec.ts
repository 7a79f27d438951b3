/** @file What the build must not hold. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

const assets = join(import.meta.dirname, "../dist/assets");

test("the worker holds no optimizers and no WebGL backend", () => {
  const files = readdirSync(assets).filter((file) => /^worker-.*\.js$/.test(file));
  expect(files).toHaveLength(1);
  const code = readFileSync(join(assets, files[0] ?? ""), "utf8");
  // TensorFlow.js is there, by its operations' names; its optimizers and its shaders for WebGL are not.
  expect(code).toContain("FusedDepthwiseConv2D");
  for (const trace of ["RMSProp", "Adadelta", "gl_FragColor", "gl_FragCoord"])
    expect(code).not.toContain(trace);
});

test("the page is cross-origin isolated, which makes the clock finer", async ({ page }) => {
  await page.goto("./");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

/** @file WebAssembly's threads: on a page that is isolated from other sites, and the way without on one that is not. */
import type { Page } from "@playwright/test";
import { expect, openApp, test } from "./app.ts";

const predictions = (page: Page) => page.getByRole("list", { name: "Most probable classes" }).first();

/** What the app says of the backend, once the network has answered. */
async function start(page: Page): Promise<string> {
  await openApp(page, { link: "?backend=wasm" });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  return (await page.getByRole("banner").textContent()) ?? "";
}

test("shares the work among the processor's threads where the page is isolated", async ({ page }) => {
  const said = await start(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const threads = await page.evaluate(() => Math.min(navigator.hardwareConcurrency, 8));
  expect(said).toContain(threads === 1 ? "CPU, 1 thread" : `CPU, ${threads} threads`);
});

test("runs on one thread, to the same predictions, where it is not", async ({ page, baseURL }) => {
  await start(page);
  const expected = await predictions(page).textContent();
  await page.route(`${baseURL}**`, async (route) => {
    const response = await route.fetch();
    const {
      "cross-origin-opener-policy": _opener,
      "cross-origin-embedder-policy": _embedder,
      ...headers
    } = response.headers();
    await route.fulfill({ response, headers });
  });
  const said = await start(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(said).toMatch(/CPU, 1 thread(?!s)/);
  await expect(predictions(page)).toHaveText(expected ?? "");
});

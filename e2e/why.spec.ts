/** @file Why, on the WebGPU of the tests: what is timed, by which clock, and that it agrees with itself. */
import type { Page } from "@playwright/test";
import { expect, openApp, test } from "./app.ts";

/** Opens the board and waits until the bundled network runs on WebGPU; gives whether its adapter has timestamp queries. */
async function openBoard(page: Page): Promise<boolean> {
  await openApp(page, { link: "?backend=webgpu&view=board" });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  return page.evaluate(async () => {
    const adapter = await navigator.gpu.requestAdapter();
    return adapter?.features.has("timestamp-query") ?? false;
  });
}

test("why times every operation of two networks on WebGPU, by the GPU's clock where there is one", async ({
  page,
}) => {
  const hasQueries = await openBoard(page);
  await page.getByRole("tab", { name: "Why" }).click();
  const why = page.getByRole("tabpanel", { name: "Why" });
  const bars = page.getByRole("figure", { name: "Time by kind of operation" });
  for (const network of ["InceptionNeXt-Y", "InceptionNeXt-Y, 7 × 7 depthwise"]) {
    await why.getByRole("combobox", { name: "Network" }).click();
    await page.getByRole("option", { name: network }).first().click();
    await expect(bars).toHaveCount(0);
    await why.getByRole("button", { name: "Time every node" }).click();
    await expect(bars).toBeVisible({ timeout: 90_000 });
    await expect(why).toContainText(
      /Depthwise convolutions are [\d.]+ % of the MACs and [\d.]+ % of the time/,
    );
    await expect(why).toContainText(`timed by ${hasQueries ? "the GPU's clock" : "the browser's clock"}`);
    await expect(why).toContainText(/on its own, [\d.]+.ms together; all in one go take [\d.]+.ms/);
    await bars.getByRole("button", { name: /as a table$/ }).click();
    const [, sum] = /on its own, ([\d.]+).ms together/.exec((await why.textContent()) ?? "") ?? [];
    const times = await bars.getByRole("table").locator("tbody tr td:nth-child(3)").allTextContents();
    const total = times.reduce((all, ms) => all + Number(ms), 0);
    expect(total / Number(sum), "the kinds of operation over all operations").toBeCloseTo(1, 1);
  }
});

test("a run of the board has GPU times where the adapter has a clock, and why begins with what it says", async ({
  page,
}) => {
  const hasQueries = await openBoard(page);
  const rounds = page.getByRole("spinbutton", { name: "Rounds" });
  await rounds.fill("6");
  await rounds.press("Enter");
  await page.getByRole("button", { name: "Measure all" }).click();
  await expect(page.getByRole("region", { name: "MACs and time" })).toContainText(/your device says/, {
    timeout: 90_000,
  });
  await page.getByText("The run of this device in full").click();
  const times = page.getByRole("region", { name: "Every time of the run" });
  const runs = times.getByRole("row", { name: /fused/ });
  await expect(runs).toHaveCount(2);
  for (const index of [0, 1]) {
    const onGpu = runs.nth(index).getByRole("cell").last();
    if (hasQueries) await expect(onGpu).toContainText(/^[\d.]+.(ms|s)/);
    else await expect(onGpu).not.toContainText(/\d/);
  }
  const isUntimed = times.getByText("this run had none of it");
  await expect(isUntimed).toHaveCount(hasQueries ? 0 : 1);
  await page.getByRole("tab", { name: "Why" }).click();
  await page.getByRole("button", { name: "Time every node" }).click();
  await expect(page.getByRole("list", { name: "MACs and time" })).toContainText(
    /Against .+: MACs say [\d.]+× faster, your device says .+ \(time ratio/,
    { timeout: 90_000 },
  );
});

/**
 * @file The charts of the comparison as a person uses them: why, sweep and paper, on the network that the app brings along.
 */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

const chart = (page: Page, name: string | RegExp) => page.getByRole("figure", { name });
const sweepButton = (page: Page) => page.getByRole("button", { name: /^Measure (the other )?\d+ points?$/ });

/** Opens a view of the comparison and waits until the bundled network runs. */
async function openCompare(
  page: Page,
  view: string,
  opening: Parameters<typeof openApp>[1] = {},
): Promise<void> {
  await openApp(page, { ...opening, link: `?backend=wasm&view=${view}` });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
}

async function setRuns(page: Page, runs: string): Promise<void> {
  const field = page.getByRole("spinbutton", { name: "Runs a point" });
  await field.fill(runs);
  await field.press("Enter");
}

test("a sweep measures its points, says which are refused, goes on after a reload, and a point opens by key", async ({
  page,
}) => {
  await openCompare(page, "sweep");
  await page.getByRole("textbox", { name: "Values of the first field" }).fill("3..6");
  await setRuns(page, "2");
  await expect(page.getByText("2 points refused: Band kernel size must be odd")).toBeVisible();
  await page.getByRole("button", { name: "Measure 2 points" }).click();
  await expect(page.getByText("2 of 4 measured.")).toBeVisible({ timeout: 90_000 });
  await page.reload();
  await expect(page.getByText("2 of 4 measured.")).toBeVisible({ timeout: 90_000 });
  await page.getByRole("textbox", { name: "Values of the first field" }).fill("3,5,7");
  await page.getByRole("button", { name: "Measure the other 1 point" }).click();
  await expect(page.getByText("3 of 3 measured.")).toBeVisible({ timeout: 90_000 });
  const figure = chart(page, "Relative time by band kernel");
  await figure.getByRole("button", { name: /^Band kernel 3\b/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(figure.getByRole("button", { name: /^Band kernel 5\b/ })).toBeFocused();
  await page.keyboard.press("Enter");
  const band = page.getByRole("spinbutton", { name: "Band kernel of stage 1" });
  await expect(band.first()).toHaveValue("5");
});

test("two fields make a heat map, and latency against parameters a front; both are files that need nothing else", async ({
  page,
}) => {
  await openCompare(page, "sweep");
  await page.getByRole("textbox", { name: "Values of the first field" }).fill("3,7");
  await page.getByRole("button", { name: "Second field" }).click();
  await page.getByRole("textbox", { name: "Values of the second field" }).fill("1/8,1/4");
  await setRuns(page, "2");
  await sweepButton(page).click();
  await expect(page.getByText("4 of 4 measured.")).toBeVisible({ timeout: 90_000 });
  const heat = chart(page, "Relative time by band kernel and branch ratio");
  await expect(heat.getByRole("button", { name: /^Band kernel 7, Branch ratio 1\/8\b/ })).toBeVisible();
  await heat.getByRole("button", { name: /as a table$/ }).click();
  await expect(heat.getByRole("table").getByRole("row")).toHaveCount(5);
  await page.getByRole("radio", { name: "Pareto front" }).click();
  const front = chart(page, "Latency against parameters");
  await expect(front).toBeVisible();
  const svgSaved = page.waitForEvent("download");
  await front.getByRole("button", { name: "SVG" }).click();
  const svg = readFileSync(await (await svgSaved).path(), "utf8");
  expect(svg).toContain("<title>Latency against parameters</title>");
  expect(svg).toContain("data:font/woff2;base64,");
  expect(svg).not.toMatch(/var\(|light-dark|color-mix/);
  const pngSaved = page.waitForEvent("download");
  await front.getByRole("button", { name: "PNG" }).click();
  const png = readFileSync(await (await pngSaved).path());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.length).toBeGreaterThan(10_000);
});

test("why tells what holds the layers back, and a dot of the roofline shows its layer", async ({ page }) => {
  await openCompare(page, "why");
  await page.getByRole("button", { name: "Time every node" }).click();
  const roofline = chart(page, "Roofline");
  await expect(roofline).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("tabpanel", { name: "Why" })).toContainText(
    /Depthwise convolutions are [\d.]+ % of the MACs/,
  );
  await expect(chart(page, "Time by kind of operation")).toBeVisible();
  await roofline
    .getByRole("button", { name: /depthwise convolution/ })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tabpanel", { name: "Inspect" })).toBeVisible();
  await expect(page.getByRole("group", { name: "Stage 1", exact: true })).not.toContainText("not measured");
});

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
for (const theme of ["light", "dark"] as const) {
  for (const viewport of sizes) {
    test(`the charts are accessible and fit at ${viewport.width} x ${viewport.height}, ${theme}`, async ({
      page,
    }) => {
      await openCompare(page, "sweep", { viewport, theme });
      const check = async (name: string) => {
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, "pixels that stick out at the side").toBeLessThanOrEqual(0);
        await expectAccessible(page, name);
      };
      await page.getByRole("textbox", { name: "Values of the first field" }).fill("3..6");
      await setRuns(page, "2");
      await sweepButton(page).click();
      await expect(page.getByText("2 of 4 measured.")).toBeVisible({ timeout: 90_000 });
      await page.getByRole("button", { name: /as a table$/ }).click();
      await check("sweep");
      await page.getByRole("tab", { name: "Why" }).click();
      await page.getByRole("button", { name: "Time every node" }).click();
      await expect(chart(page, "Roofline")).toBeVisible({ timeout: 90_000 });
      await check("why");
    });
  }
}

test("the paper's figures stand beside those of this device, measured as a pair", async ({ page }) => {
  await openCompare(page, "paper");
  const pair = page.getByRole("region", { name: "Two networks, published and here" });
  await expect(pair).toContainText("InceptionNeXt-T is 1.20× faster than ConvNeXt-T in inference");
  await pair.getByRole("combobox", { name: "Network", exact: true }).click();
  await page.getByRole("option", { name: "InceptionNeXt-A", exact: true }).click();
  await expect(page.getByRole("option")).toHaveCount(0);
  await pair.getByRole("combobox", { name: "Compared with" }).click();
  await page.getByRole("option", { name: "ConvNeXt-A", exact: true }).click();
  await pair.getByRole("button", { name: "Measure the pair here" }).click();
  await expect(pair).toContainText(/runs [\d.]+ times as many images a second as ConvNeXt-A in inference/, {
    timeout: 100_000,
  });
  await expect(pair).toContainText(/published \d\.\d\d×|published ratio is/);
  await expectAccessible(page, "the paper");
});

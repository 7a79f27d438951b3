/**
 * @file What the page looks like in twelve states, against pictures that were reviewed: `e2e/looks`. Everything that is measured is fed
 * by clocks that stand in for the real ones, so that the same page is drawn on every run.
 *
 * `npm run test:looks` draws the pictures anew; they are reviewed like code, by looking at each that changed.
 */
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";
import { measure, pretrained, rows, sentences } from "./board.ts";
import { card, openPanel, openRunning } from "./editor.ts";
import { replaceKept } from "./kept.ts";

test.use({ locale: "en-GB", timezoneId: "UTC" });

const desktop = { width: 1440, height: 900 };
const tablet = { width: 1024, height: 768 };
const phone = { width: 390, height: 844 };

/**
 * In the engine's worker: two processors, and a clock that every look at it moves by 10 ms, so that whatever is timed takes
 * as long on every machine.
 */
const standIns = `
  Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 2 });
  let looks = 0;
  performance.now = () => 10 * ++looks;
`;

/** Makes the page that is opened next one whose times are the same on every run. */
async function holdTime(page: Page): Promise<void> {
  await page.clock.setFixedTime("2026-03-04T12:00:00Z");
  await page.context().route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: standIns + (await response.text()) });
  });
}

/** Compares what is seen with its reviewed picture. Nothing may stick out, and axe must have nothing to say. */
async function expectLook(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, "pixels that stick out at the side").toBeLessThanOrEqual(0);
  await expectAccessible(page, name);
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${name}.png`);
}

test.beforeEach(({ page }) => holdTime(page));

for (const [device, viewport] of Object.entries({ desktop, tablet, phone })) {
  for (const theme of ["light", "dark"] as const) {
    test(`the editor on a ${device}, ${theme}`, async ({ page }) => {
      await openRunning(page, { viewport, theme, link: "?backend=wasm" });
      await expectLook(page, `editor-${device}-${theme}`);
    });
  }
}

test("a stage opened to its blocks, a block to its layers and its mixer to the branches", async ({
  page,
}) => {
  await openRunning(page, { theme: "dark", link: "?backend=wasm" });
  await page.getByRole("button", { name: "Blocks of stage 3" }).click();
  await page.getByRole("button", { name: "Block 2 of stage 3" }).click();
  await page.getByRole("button", { name: "Branches of the token mixer of stage 3, block 2" }).click();
  await expect(page.getByRole("group", { name: /branch of stage 3, block 2$/ })).toHaveCount(4);
  await expectLook(page, "opened");
});

test("Learn, and a field that is wrong", async ({ page }) => {
  await openRunning(page, { viewport: tablet, link: "?backend=wasm" });
  await openPanel(page, "Learn");
  const band = card(page, 3).getByRole("spinbutton", { name: "Band kernel of stage 3" });
  await band.fill("8");
  await band.press("Enter");
  await expect(band).toHaveAttribute("aria-invalid", "true");
  await expectLook(page, "learn");
});

/** Opens a view of the comparison of the bundled network and its rival. */
async function openCompare(page: Page, view: string, opening: Parameters<typeof openApp>[1]): Promise<void> {
  await openApp(page, { ...opening, link: `?backend=wasm&view=${view}` });
  await pretrained(page);
}

test("the board, two networks measured and side by side", async ({ page }) => {
  await openCompare(page, "board", { viewport: desktop });
  await measure(page);
  await replaceKept<{ samplesMs: readonly number[] }>(page, "samplesMs", (variant, index) => {
    variant.samplesMs = [0, 2, 1, 4, 1, 3].map((ms) => 20 + 5 * index + ms);
  });
  await pretrained(page);
  await expect(sentences(page)).toContainText(/MACs say .+, your device says .+/);
  for (const index of [0, 1]) await rows(page).nth(index).check();
  await expectLook(page, "board");
});

test("a sweep", async ({ page }) => {
  await openCompare(page, "sweep", { viewport: tablet, theme: "dark" });
  await page.getByRole("textbox", { name: "Values of the first field" }).fill("3..7");
  await page.getByRole("spinbutton", { name: "Runs a point" }).fill("2");
  await page.getByRole("spinbutton", { name: "Runs a point" }).press("Enter");
  await page.getByRole("button", { name: "Measure 3 points" }).click();
  await expect(page.getByText("3 of 5 measured.")).toBeVisible({ timeout: 90_000 });
  await replaceKept<{ unsweptMs: number; ratio: object }>(page, "unsweptMs", (point, index) => {
    const median = 0.8 + 0.15 * index;
    point.ratio = { median, low: median - 0.05, high: median + 0.04, rounds: 6 };
  });
  await pretrained(page);
  await expect(page.getByText("3 of 5 measured.")).toBeVisible();
  await expectLook(page, "sweep");
});

test("why", async ({ page }) => {
  await openCompare(page, "why", { viewport: phone });
  await page.getByRole("button", { name: "Time every node" }).click();
  await expect(page.getByRole("figure", { name: "Roofline" })).toBeVisible({ timeout: 90_000 });
  await expectLook(page, "why");
});

test("the paper's figures", async ({ page }) => {
  await openCompare(page, "paper", { viewport: desktop });
  await expect(page.getByRole("region", { name: "Two networks, published and here" })).toBeVisible();
  await expectLook(page, "paper");
});

/** @file What a person edited stays theirs: whatever loads, whatever the address says, in one tab or in two. */
import type { Page } from "@playwright/test";
import { decodeArchitecture } from "../src/model/architecture/link.ts";
import { expect, openApp, test } from "./app.ts";
import { measure, openBoard, pretrained, rows } from "./board.ts";
import { card, deeper, depth, openRunning, predictions, totals } from "./editor.ts";
import { keptWith } from "./kept.ts";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });
const notices = (page: Page) => page.getByRole("region", { name: "Notices" });

/** Depths of the stages of the network that the address holds; undefined where it holds none. */
function depthsInAddress(page: Page): readonly number[] | undefined {
  const text = new URLSearchParams(new URL(page.url()).hash.slice(1)).get("a");
  return text === null ? undefined : decodeArchitecture(text).stages.map((stage) => stage.depth);
}

test("the skip link leads to the network, and changes neither it nor its address", async ({ page }) => {
  await openRunning(page);
  await deeper(page, 2);
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 3, 4, 2]);
  const skip = page.getByRole("link", { name: "Skip to the network" });
  await skip.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(depth(page, 2)).toHaveValue("3");
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 3, 4, 2]);
  await deeper(page, 2);
  await expect(depth(page, 2)).toHaveValue("4");
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 4, 4, 2]);
  await expect(notices(page)).not.toContainText("link");
});

test("Back never takes an edit away", async ({ page }) => {
  await openRunning(page);
  await deeper(page, 2);
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 3, 4, 2]);
  await page.getByRole("link", { name: "Skip to the network" }).press("Enter");
  await deeper(page, 2);
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 4, 4, 2]);
  await page.goBack();
  // Back either stays on the page or leaves it; either way the edit is there.
  if (page.url() === "about:blank") await page.goForward();
  await expect(depth(page, 2)).toHaveValue("4");
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 4, 4, 2]);
});

test("a link that is pasted over the address opens, and undo brings back what was edited", async ({
  page,
}) => {
  await openRunning(page);
  const opened = new URL(page.url()).hash;
  await deeper(page, 2);
  await deeper(page, 3);
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 3, 5, 2]);
  await page.evaluate((hash) => location.assign(hash), opened);
  await expect(depth(page, 2)).toHaveValue("2");
  await undo(page).click();
  await expect(depth(page, 2)).toHaveValue("3");
  await expect(depth(page, 3)).toHaveValue("5");
  await expect.poll(() => depthsInAddress(page)).toEqual([2, 3, 5, 2]);
});

test("an edit right before a reload is there after it", async ({ page }) => {
  await openRunning(page);
  await deeper(page, 2);
  await page.reload();
  await expect(depth(page, 2)).toHaveValue("3");
});

test("Retry fetches weights; the edits since stay, and can be undone", async ({ page }) => {
  await openRunning(page);
  await deeper(page, 2);
  await deeper(page, 3);
  const retry = notices(page).getByRole("button", { name: "Retry" });
  await retry.click();
  // It fails again, and says so again.
  await expect(notices(page)).toContainText("could not be fetched");
  await expect(predictions(page)).toContainText("Fashion-MNIST");
  await expect(depth(page, 2)).toHaveValue("3");
  await expect(depth(page, 3)).toHaveValue("5");
  await undo(page).click();
  await expect(depth(page, 3)).toHaveValue("4");
  await undo(page).click();
  await expect(depth(page, 2)).toHaveValue("2");
});

test("a knob that is turned while the bundled weights load stays turned", async ({ page }) => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let isAsked = false;
  await page.context().route("**/weights/inception_next_yocto*", async (route) => {
    isAsked = true;
    await gate;
    await route.continue();
  });
  await openApp(page);
  await expect.poll(() => isAsked).toBe(true);
  const before = Number(await depth(page, 3).inputValue());
  await deeper(page, 3);
  await expect(depth(page, 3)).toHaveValue(`${before + 1}`);
  open();
  await expect(predictions(page)).toContainText("Fashion-MNIST");
  await expect(depth(page, 3)).toHaveValue(`${before + 1}`);
  await undo(page).click();
  await expect(depth(page, 3)).toHaveValue(`${before}`);
});

test("two tabs edit each its own network, and a reload gives each its own back", async ({
  page,
  context,
}) => {
  await openRunning(page);
  const other = await context.newPage();
  await openRunning(other);
  await deeper(page, 2);
  await deeper(other, 3);
  for (const tab of [page, other]) await expect(totals(tab)).toContainText("partly pretrained");
  for (const tab of [page, other]) await tab.reload();
  for (const [tab, depths] of [
    [page, ["2", "3", "4", "2"]],
    [other, ["2", "2", "5", "2"]],
  ] as const) {
    for (const [index, value] of depths.entries()) await expect(depth(tab, index + 1)).toHaveValue(value);
    await expect(card(tab, 1)).toBeVisible();
  }
});

test("runs of two tabs are both kept", async ({ page, context }) => {
  await openBoard(page);
  const other = await context.newPage();
  await openBoard(other);
  await measure(page);
  await measure(other);
  await page.reload();
  await pretrained(page);
  await expect(rows(page)).toHaveCount(2);
  // Two networks each.
  expect(await keptWith<{ samplesMs: readonly number[] }>(page, "samplesMs")).toHaveLength(4);
});

/** @file Measuring on the board: cancelling, what is thrown out, kernels, batches, and what is kept. */
import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { measure, notices, openBoard, pretrained, rows, saved, sentences, setCount, table } from "./board.ts";
import { keptWith, replaceKept } from "./kept.ts";
import { hideWhen, setHidden } from "./visibility.ts";

const bar = (page: Page) => page.getByRole("region", { name: "Measure", exact: true });
const cancel = (page: Page) => bar(page).getByRole("button", { name: "Cancel" });

interface Kept {
  readonly discarded: { readonly hidden: number };
  readonly variants: readonly { readonly samplesMs: readonly number[] }[];
}

const keptRuns = (page: Page) => keptWith<Kept>(page, "discarded");

test("a measurement that is cancelled, or cut off by a reload, leaves what was there", async ({ page }) => {
  await openBoard(page);
  await measure(page);
  const [said, before] = [await sentences(page).textContent(), await keptRuns(page)];
  expect(before).toHaveLength(1);
  await setCount(page, "Rounds", 500);
  await page.getByRole("button", { name: "Measure all" }).click();
  await hideWhen(page, /round \d+ of 500.*about \d+ (s|min) left/);
  await cancel(page).click();
  await expect(page.getByRole("button", { name: "Measure all" })).toBeEnabled();
  await expect(sentences(page)).toHaveText(said ?? "");
  expect(await keptRuns(page)).toEqual(before);
  await setHidden(page, false);
  await page.getByRole("button", { name: "Measure all" }).click();
  await hideWhen(page, /round \d+ of 500/);
  await page.reload();
  await pretrained(page);
  await expect(sentences(page)).toHaveText(said ?? "");
  expect(await keptRuns(page)).toEqual(before);
  await expect(page.getByRole("button", { name: "Measure all" })).toBeEnabled();
});

test("rounds in which the page was hidden are thrown out, counted and said", async ({ page }) => {
  await openBoard(page);
  await setCount(page, "Rounds", 100);
  await page.getByRole("button", { name: "Measure all" }).click();
  await hideWhen(page, /round \d+ of 100/);
  await expect(bar(page)).toContainText("waiting for the page to be seen");
  await setHidden(page, false);
  await expect(sentences(page)).toBeVisible({ timeout: 60_000 });
  await expect(table(page)).toContainText(/100 rounds\s*\d+ rounds? thrown out/);
  await page.getByText("The run of this device in full").click();
  await expect(page.getByText(/^Thrown out: .*in which the page was hidden/)).toBeVisible();
  const [run] = await keptRuns(page);
  expect(run?.discarded.hidden).toBeGreaterThan(0);
  expect(run?.variants[0]?.samplesMs).toHaveLength(100);
});

test("other kernels and batches are measured and said; where the clock is too coarse, one press takes a larger batch", async ({
  page,
}) => {
  await openBoard(page);
  await page.getByRole("combobox", { name: "Kernels" }).click();
  await page.getByRole("option", { name: /^Stock/ }).click();
  await setCount(page, "Batch size", 64);
  await setCount(page, "Batch size", 65);
  await expect(page.getByText("A whole number from 1 to 64")).toBeVisible();
  await page.keyboard.press("Escape");
  await setCount(page, "Batch size", 4);
  await measure(page);
  await expect(table(page)).toContainText("batch of 4, 6 rounds");
  await expect(table(page).getByText("stock operations")).toHaveCount(2);
  await page.getByText("The run of this device in full").click();
  const times = page.getByRole("region", { name: "Every time of the run" });
  for (const name of ["Median", "p90", "p95", "p99", "Build", "First run"]) {
    await expect(times.getByRole("columnheader", { name, exact: true })).toBeVisible();
  }
  await expect(times.getByRole("row", { name: /^InceptionNeXt-Y stock/ })).toBeVisible();
  // The same run as a clock of 0.1 ms would have shown it.
  await replaceKept<{ samplesMs: readonly number[] }>(page, "samplesMs", (variant) => {
    variant.samplesMs = [1.2, 1.1, 1.2, 1.3, 1.2, 1.1];
  });
  const note = page.getByRole("region", { name: "Times that are too small" });
  await expect(note).toContainText("The clock of this browser moves in steps of 0.100");
  await note.getByRole("button", { name: "Set the batch to 16" }).click();
  await expect(page.getByRole("spinbutton", { name: "Batch size" })).toHaveValue("16");
  await expect(note).toContainText("The batch is set to 16: measure again.");
});

test("an accuracy stays with the network and its weights through a reload", async ({ page }) => {
  await openBoard(page);
  await page.getByRole("radio", { name: "Edit" }).click();
  await page.getByRole("tab", { name: "Predict" }).click();
  await page.getByRole("button", { name: "Measure accuracy" }).click();
  await expect(page.getByText(/top-1 on 1.000 labelled test images/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole("radio", { name: "Compare" }).click();
  const cell = table(page).getByTitle(/labelled test images of Fashion-MNIST right, with all weights/);
  await expect(cell).toHaveCount(1);
  const said = await cell.textContent();
  await page.reload();
  await pretrained(page);
  await expect(cell).toHaveText(said ?? "");
  await expect(rows(page)).toHaveCount(2);
});

test("what the browser refuses to keep is said once and can be saved", async ({ page }) => {
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (name: string, value: string) {
      if (value.includes("samplesMs")) throw new DOMException("It is full.", "QuotaExceededError");
      setItem.call(this, name, value);
    };
  });
  await openBoard(page);
  await measure(page);
  await expect(notices(page)).toContainText("The browser does not keep your runs");
  const runs = JSON.parse(
    await saved(page, () => page.getByRole("button", { name: "Save all runs as JSON" }).click()),
  );
  expect(runs).toHaveLength(1);
  await expect(notices(page)).not.toContainText("The browser does not keep your runs");
  await page.getByRole("button", { name: "Measure all" }).click();
  await expect(cancel(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Measure all" })).toBeVisible({ timeout: 60_000 });
  await expect(notices(page)).not.toContainText("The browser does not keep your runs");
  await expect(sentences(page)).toBeVisible();
});

/** @file A sweep that is stopped, by a person or by a reload, goes on where it was and measures nothing twice. */
import type { Page } from "@playwright/test";
import { expect, openApp, test } from "./app.ts";
import { keptWith } from "./kept.ts";
import { hideWhen, setHidden } from "./visibility.ts";

/** What was measured, by point, as the page keeps it. */
async function keptResults(page: Page): Promise<Readonly<Record<string, unknown>>> {
  const [measured] = await keptWith<{ results: Record<string, unknown> }>(page, "results");
  return measured?.results ?? {};
}

test("a sweep goes on after it was cancelled and after a reload, and measures no point twice", async ({
  page,
}) => {
  await openApp(page, { link: "?backend=webgpu&view=sweep" });
  const isReady = () =>
    expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  await isReady();
  const goOn = page.getByRole("button", { name: /^Measure (the other )?\d+ points?$/ });
  const sweep = page.getByRole("tabpanel", { name: "Sweep" });
  await page.getByRole("textbox", { name: "Values of the first field" }).fill("3..19:2");
  const runs = page.getByRole("spinbutton", { name: "Runs a point" });
  await runs.fill("6");
  await runs.press("Enter");
  await goOn.click();
  await hideWhen(page, / · [3-8] of 9/);
  await sweep.getByRole("button", { name: "Cancel" }).click();
  await expect(goOn).toHaveAccessibleName(/^Measure the other [1-7] points?$/);
  const beforeCancel = await keptResults(page);
  expect(Object.keys(beforeCancel).length).toBeGreaterThanOrEqual(2);
  await setHidden(page, false);
  await goOn.click();
  await hideWhen(page, / · [23] of \d\b/);
  await page.reload();
  await isReady();
  const beforeReload = await keptResults(page);
  expect(beforeReload).toMatchObject(beforeCancel);
  const { length } = Object.keys(beforeReload);
  expect(length).toBeGreaterThan(Object.keys(beforeCancel).length);
  await expect(goOn).toHaveAccessibleName(new RegExp(`^Measure the other ${9 - length} points?$`));
  await goOn.click();
  await expect(page.getByText("9 of 9 measured.")).toBeVisible({ timeout: 90_000 });
  const all = await keptResults(page);
  expect(Object.keys(all)).toHaveLength(9);
  // A second measurement of a point would have given other times.
  expect(all).toMatchObject(beforeReload);
});

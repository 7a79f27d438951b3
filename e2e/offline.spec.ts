/** @file Without a network: what has been loaded works on, what has not says so, and nothing is lost until it is back. */
import type { Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { deeper, depth, openPanel, openRunning, predictions } from "./editor.ts";

/** Scripts of the parts that are fetched after the first screen. */
const parts = [
  ...["Gallery", "PredictPanel", "MeasurePanel", "WeightsPanel", "LearnPanel", "Compare"],
  ...["JsonDialog", "AboutDialog", "ShortcutsDialog"],
];

/** The parts that the page has asked for and been given. */
const loadedParts = (page: Page) =>
  page.evaluate((names) => {
    const scripts = performance
      .getEntriesByType("resource")
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ responseStatus }) => responseStatus === 200);
    return names.filter((part) => scripts.some(({ name }) => name.includes(`/assets/${part}-`)));
  }, parts);

test("once all has been loaded, every panel opens and edits are predicted without a network", async ({
  page,
  context,
}) => {
  await openRunning(page);
  await expect.poll(() => loadedParts(page)).toEqual(parts);
  await context.setOffline(true);
  await deeper(page, 3);
  await expect(predictions(page)).toContainText("Partly pretrained");
  for (const panel of ["Predict", "Measure", "Weights", "Learn"]) {
    await openPanel(page, panel);
    await expect(page.getByRole("tabpanel", { name: panel }).getByRole("heading").nth(1)).toBeVisible();
  }
  await page.getByRole("radio", { name: "Compare" }).click();
  await expect(page.getByRole("table", { name: "Networks" })).toBeVisible();
});

test("a panel that was not loaded yet says so, and opens when the network is back; a reload brings the edit", async ({
  page,
  context,
}) => {
  // As on a slow line: the parts are still to come when the network goes.
  await context.route("**/assets/LearnPanel-*.js", (route) => route.abort("internetdisconnected"));
  await openRunning(page);
  await context.setOffline(true);
  await deeper(page, 3);
  await expect(predictions(page)).toContainText("Partly pretrained");
  const learn = page.getByRole("tabpanel", { name: "Learn" });
  await openPanel(page, "Learn");
  await expect(learn.getByRole("alert")).toContainText("Learn could not be loaded. Check the connection.");
  await learn.getByRole("button", { name: "Try again" }).click();
  await expect(learn.getByRole("alert")).toContainText("Learn could not be loaded. Check the connection.");
  await context.unroute("**/assets/LearnPanel-*.js");
  await context.setOffline(false);
  await learn.getByRole("button", { name: "Try again" }).click();
  await expect(learn.getByRole("heading").nth(1)).toBeVisible();
  await page.reload();
  await expect(depth(page, 3)).toHaveValue("5");
});

/** @file What goes on beside a run: a person edits and chooses pictures, and the run is of what it began with. */
import { expect, test } from "./app.ts";
import { card, depth, openPanel, openRunning, predictions, totals } from "./editor.ts";

test("an edit and a picture are answered while a measurement runs, which goes on", async ({ page }) => {
  await openRunning(page, { link: "?backend=wasm" });
  await openPanel(page, "Measure");
  const runs = page.getByRole("spinbutton", { name: "Runs" });
  await runs.fill("500");
  await runs.press("Enter");
  // Twelve times as deep, so that the run lasts as long as the test needs.
  await depth(page, 1).fill("24");
  await depth(page, 1).press("Enter");
  await expect(totals(page)).not.toContainText("456 k");
  const setUp = page.getByRole("region", { name: "Set up" });
  await setUp.getByRole("button", { name: "Measure", exact: true }).click();
  await expect(setUp.getByText(/^round \d+ of 500$/)).toBeVisible({ timeout: 60_000 });

  await openPanel(page, "Predict");
  await page.getByRole("button", { name: "Show Test image 3, Trouser" }).click();
  await expect(predictions(page).getByRole("listitem").first()).toContainText("Trouser");
  await depth(page, 1).fill("2");
  await depth(page, 1).press("Enter");
  await expect(predictions(page)).toContainText(/^.*Pretrained · Fashion-MNIST$/);

  await openPanel(page, "Measure");
  await expect(setUp.getByText(/^round \d+ of 500$/)).toBeVisible();
  await setUp.getByRole("button", { name: "Cancel" }).click();
  await expect(setUp.getByRole("button", { name: "Measure", exact: true })).toBeEnabled();
  await expect(page.getByRole("region", { name: "Measurement" })).toHaveCount(0);
  await expect(card(page, 1)).toBeVisible();
});

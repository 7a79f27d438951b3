/** @file Two networks side by side, as a person compares them, on the network that the app brings along. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

const rows = (page: Page) => page.getByRole("checkbox", { name: /^Tick / });

async function openBoard(page: Page): Promise<void> {
  await openApp(page, { link: "?backend=wasm&view=board" });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  await expect(rows(page)).toHaveCount(2);
}

test("two that are ticked stand side by side, with what differs marked", async ({ page }) => {
  await openBoard(page);
  for (const tick of await rows(page).all()) await tick.check();
  const fields = page.getByRole("table", { name: "Fields that differ" });
  await expect(
    fields.getByRole("row", { name: /stages\[\*\]\.tokenMixer\.kind inception depthwise/ }),
  ).toBeVisible();
  const graphs = page.getByRole("table", { name: "Both graphs" });
  await expect(graphs.getByRole("row", { name: /^Block 1 .*differs.*differs/ }).first()).toBeVisible();
  await expect(graphs.getByRole("row", { name: /^Stem/ })).not.toContainText("differs");
  await expectAccessible(page, "two networks side by side");
  await rows(page).first().uncheck();
  await expect(graphs).toBeHidden();
});

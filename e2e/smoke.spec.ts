import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

test("the static build runs below a path, without errors and without other hosts", async ({
  page,
  baseURL,
}) => {
  expect(new URL(baseURL ?? "").pathname).not.toBe("/");
  await openApp(page);
  await expect(page).toHaveTitle(/InceptionNeXt Explorer/);
  await expect(page.getByRole("main")).toBeVisible();
  await page.waitForLoadState("networkidle");
});

test("the first screen is accessible", async ({ page }) => {
  await openApp(page);
  await expect(page.getByRole("main")).toBeVisible();
  await expectAccessible(page, "the first screen");
});

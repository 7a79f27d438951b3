/** @file The board of the comparison as a person uses it, on the network that the app brings along. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

const rows = (page: Page) => page.getByRole("checkbox", { name: /^Tick / });
const sentences = (page: Page) => page.getByRole("region", { name: "MACs and time" });

async function openBoard(page: Page, opening: Parameters<typeof openApp>[1] = {}): Promise<void> {
  await openApp(page, { ...opening, link: "?backend=wasm&view=board" });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  await expect(rows(page)).toHaveCount(2);
}

/** Measures everything on the board in as few rounds as a verdict needs. */
async function measure(page: Page): Promise<void> {
  const rounds = page.getByRole("spinbutton", { name: "Rounds" });
  await rounds.fill("6");
  await rounds.press("Enter");
  await page.getByRole("button", { name: "Measure all" }).click();
  await expect(sentences(page)).toContainText(/MACs say .+, your device says .+/, { timeout: 90_000 });
}

test("networks are measured in turn, and the run survives a reload", async ({ page }) => {
  await openBoard(page);
  await measure(page);
  const said = await sentences(page).textContent();
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await expect(sentences(page)).toHaveText(said ?? "");
});

test("another device's run stands under its own heading, and comes off again", async ({ page }, info) => {
  await openBoard(page);
  await measure(page);
  await page.getByText("The run of this device in full").click();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as JSON" }).click(),
  ]);
  const record = JSON.parse(readFileSync(await saved.path(), "utf8"));
  expect(record.variants).toHaveLength(2);
  const elsewhere = { ...record, id: "elsewhere", device: { ...record.device, adapter: "Another GPU" } };
  const path = info.outputPath("elsewhere.json");
  writeFileSync(path, JSON.stringify(elsewhere));
  await page.getByLabel("File for the board").setInputFiles(path);
  const table = page.getByRole("table", { name: "Networks" });
  await expect(table).toContainText("Another GPU");
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Take this device off the board" }).click();
  await expect(table).not.toContainText("Another GPU");
});

test("networks are added, removed, and brought back by undo", async ({ page }) => {
  await openBoard(page);
  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("menuitem", { name: /ResNet-50/ }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByRole("button", { name: "Actions for ResNet-50" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(rows(page)).toHaveCount(2);
});

test("what is no network is refused in a sentence, and nothing is lost", async ({ page }) => {
  await openBoard(page);
  const nonsense = { name: "nonsense.json", mimeType: "application/json", buffer: Buffer.from("{]") };
  await page.getByLabel("File for the board").setInputFiles(nonsense);
  await expect(page.getByRole("region", { name: "Notices" })).toContainText("nonsense.json");
  await expect(rows(page)).toHaveCount(2);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  for (const theme of ["light", "dark"] as const) {
    test(`the board is accessible and fits at ${width} x ${height}, ${theme}`, async ({ page }) => {
      await openBoard(page, { viewport: { width, height }, theme });
      await measure(page);
      await expectAccessible(page, `the board at ${width} x ${height}, ${theme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBe(0);
    });
  }
}

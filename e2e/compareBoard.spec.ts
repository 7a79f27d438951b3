/** @file The board of the comparison as a person uses it, on the network that the app brings along. */
import { expectAccessible } from "./accessibility.ts";
import { expect, test } from "./app.ts";
import { measure, notices, openBoard, rows, saved, sentences, table } from "./board.ts";

test("networks are measured in turn, and the run survives a reload", async ({ page }) => {
  await openBoard(page);
  await measure(page);
  const said = await sentences(page).textContent();
  await page.reload();
  await expect(rows(page)).toHaveCount(2);
  await expect(sentences(page)).toHaveText(said ?? "");
});

test("another device's run stands under its own heading, and comes off again", async ({ page }) => {
  await openBoard(page);
  await measure(page);
  await page.getByText("The run of this device in full").click();
  const record = JSON.parse(
    await saved(page, () => page.getByRole("button", { name: "Save as JSON" }).click()),
  );
  expect(record.variants).toHaveLength(2);
  const elsewhere = { ...record, id: "elsewhere", device: { ...record.device, adapter: "Another GPU" } };
  const open = (runs: unknown) =>
    page.getByLabel("File for the board").setInputFiles({
      name: "elsewhere.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(runs)),
    });
  await open(elsewhere);
  await expect(table(page)).toContainText("Another GPU");
  await expect(rows(page)).toHaveCount(2);
  await expectAccessible(page, "the board with another device");
  await page.getByRole("button", { name: "Take this run off the board" }).click();
  await expect(table(page)).not.toContainText("Another GPU");
  await open([elsewhere, { ...elsewhere, id: "second" }]);
  await expect(notices(page)).toContainText("2 of 2 runs now stand on the board");
  const takeOff = page.getByRole("button", { name: "Take this run off the board" });
  await expect(takeOff).toHaveCount(2);
  await takeOff.first().click();
  await takeOff.first().click();
  const csv = await saved(page, () => page.getByRole("button", { name: "Save as CSV" }).first().click());
  await page.getByLabel("File for the board").setInputFiles({
    name: "elsewhere.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv.replaceAll(record.id, "a-table").replaceAll(record.device.adapter, "Third GPU")),
  });
  await expect(table(page)).toContainText("Third GPU");
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
  await expect(notices(page)).toContainText("nonsense.json");
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
      await page.getByText("The run of this device in full").click();
      await page.getByRole("button", { name: "Forget this run" }).focus();
      // Nothing but the board itself has scrolled: the page's frame stands where it was.
      const strip = await page.getByRole("contentinfo").boundingBox();
      expect((strip?.y ?? 0) + (strip?.height ?? 0)).toBe(height);
    });
  }
}

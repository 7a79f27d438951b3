/**
 * @file Two networks side by side, and the times of one on its graph, as a person looks at them, on the network that the app
 * brings along.
 */
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

const rows = (page: Page) => page.getByRole("checkbox", { name: /^Tick / });
const sideBySide = (page: Page) => page.getByRole("region", { name: "Side by side" });
const graphs = (page: Page) => page.getByRole("table", { name: "Both graphs" });

async function openBoard(page: Page, opening: Parameters<typeof openApp>[1] = {}): Promise<void> {
  await openApp(page, { ...opening, link: "?backend=wasm&view=board" });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  await expect(rows(page)).toHaveCount(2);
}

/** The board's two networks: the one in the editor, and the same with a depthwise mixer. */
async function tickBoth(page: Page) {
  for (const row of [0, 1]) await rows(page).nth(row).check();
  return {
    left: sideBySide(page).getByRole("region", { name: "InceptionNeXt-Y", exact: true }),
    right: sideBySide(page).getByRole("region", { name: /^InceptionNeXt-Y, 7 × 7 depthwise/ }),
  };
}

test("two that are ticked are drawn side by side, with what differs marked and nothing to edit", async ({
  page,
}) => {
  await openBoard(page);
  const { left, right } = await tickBoth(page);
  const fields = page.getByRole("table", { name: "Fields that differ" });
  await expect(
    fields.getByRole("row", { name: /stages\[\*\]\.tokenMixer\.kind inception depthwise/ }),
  ).toBeVisible();
  for (const side of [left, right]) {
    await expect(side.getByRole("group", { name: "Stage 3, differs", exact: true })).toBeVisible();
    await expect(side.getByRole("group", { name: "Stem", exact: true })).toBeVisible();
    for (const role of ["textbox", "spinbutton", "slider", "combobox"] as const) {
      await expect(side.getByRole(role)).toHaveCount(0);
    }
  }
  const stage = left.getByRole("group", { name: "Stage 3, differs" });
  await expect(stage).toContainText(/Token mixer≠Inception, differs/);
  await expect(stage).toContainText(/Dim64Mlp ratio4/i);
  await expectAccessible(page, "two networks side by side");
  await rows(page).first().uncheck();
  await expect(sideBySide(page)).toBeHidden();
});

test("what is opened on one side is open on the other, and both are moved as one", async ({ page }) => {
  await openBoard(page);
  const { left, right } = await tickBoth(page);
  await left.getByRole("button", { name: "Blocks of stage 2" }).click();
  await right.getByRole("button", { name: "Block 2 of stage 2, differs" }).click();
  for (const side of [left, right]) {
    await expect(side.getByRole("group", { name: "Token mixer of stage 2, block 2, differs" })).toBeVisible();
    await expect(side.getByRole("group", { name: "fc1 of stage 2, block 2", exact: true })).toBeVisible();
  }
  // By keyboard too.
  await left.getByRole("group", { name: "Token mixer of stage 2, block 2, differs" }).press("Enter");
  const branch = (name: string) => ({ name: `${name} branch of stage 2, block 2, only here` });
  await expect(left.getByRole("group", branch("Band 1 × k"))).toBeVisible();
  await expect(
    right.getByRole("group", { name: "Depthwise branch of stage 2, block 2, differs" }),
  ).toBeVisible();

  const box = async (side: typeof left) => {
    const found = await side.getByRole("group", { name: "Stage 1, differs" }).boundingBox();
    const { x = 0 } = (await side.boundingBox()) ?? {};
    if (!found) throw new Error("no stage");
    return { x: Math.round(found.x - x), y: Math.round(found.y), width: Math.round(found.width) };
  };
  await left.getByRole("group", { name: "Stage 1, differs" }).hover();
  const before = await box(left);
  expect(await box(right)).toEqual(before);
  // The wheel scrolls the page, and moves nothing in the drawings.
  await page.mouse.wheel(0, 120);
  await expect.poll(async () => (await box(left)).y).toBeLessThan(before.y - 60);
  await page.mouse.wheel(0, -120);
  await expect.poll(() => box(left)).toEqual(before);
  await sideBySide(page).getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(async () => (await box(left)).width).toBeGreaterThan(before.width);
  await expect.poll(() => box(right)).toEqual(await box(left));
  const { x } = await box(left);
  await left.getByRole("group", { name: "Stage 1, differs" }).hover();
  await page.mouse.down();
  await page.mouse.move(500, 400, { steps: 4 });
  await page.mouse.move(560, 400, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await box(left)).x).not.toBe(x);
  await expect.poll(() => box(right)).toEqual(await box(left));
  await sideBySide(page).getByRole("button", { name: "Fit" }).click();
  await expect.poll(() => box(left)).toEqual(before);
});

test("the table opens to single layers, and is all there is of ResNet-50", async ({ page }) => {
  await openBoard(page);
  await tickBoth(page);
  await page.getByRole("radio", { name: "Table" }).click();
  await expect(
    graphs(page)
      .getByRole("row", { name: /Block 1 .*differs.*differs/ })
      .first(),
  ).toBeVisible();
  await expect(graphs(page).getByRole("row", { name: /Stem/ })).not.toContainText("differs");
  await graphs(page).getByRole("button", { name: "Layers of Block 1 of stage 1" }).click();
  const layer = (name: RegExp) => graphs(page).getByRole("row", { name });
  await expect(
    layer(/^dwconv_hw 3 × 3 .* 4 × 16 × 16 40 params differs 7 × 7 .*800 params differs/),
  ).toBeVisible();
  await expect(layer(/^dwconv_w .*only here none/)).toBeVisible();
  await expect(layer(/^fc1 /)).not.toContainText("differs");
  await expectAccessible(page, "two networks as a table");

  await page.getByRole("button", { name: "Add" }).click();
  await page.getByRole("menuitem", { name: /ResNet-50/ }).click();
  await rows(page).nth(1).uncheck();
  await rows(page).nth(2).check();
  await expect(sideBySide(page)).toContainText("ResNet-50 is no network of four stages");
  await expect(graphs(page).getByRole("columnheader", { name: "ResNet-50" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Drawings" })).toBeHidden();
});

test("on a phone two networks stand in a table that fits", async ({ page }) => {
  await openBoard(page, { viewport: { width: 390, height: 844 }, theme: "dark" });
  await tickBoth(page);
  await graphs(page).getByRole("button", { name: "Layers of Stem" }).click();
  await expectAccessible(page, "two networks on a phone");
  const overflow = await sideBySide(page).evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBe(0);
});

test("a profile colours the graph, counts nothing twice, and says where fused layers ran", async ({
  page,
}) => {
  await openApp(page, { link: "?backend=wasm" });
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
  const key = page.getByRole("img", { name: /^Colours of the times: .* milliseconds$/ });
  await expect(key).toBeHidden();
  await page.getByRole("tab", { name: "Measure" }).click();
  await page.getByRole("button", { name: "Time every node" }).click();
  await expect(key).toBeVisible({ timeout: 60_000 });
  await page.getByRole("tab", { name: "Inspect" }).click();
  const inspector = page.getByRole("region", { name: "Inspector" });
  const fact = inspector
    .getByRole("region", { name: "Cost, one image" })
    .locator("div", { hasText: /^Time/ });

  const cells = await inspector.getByRole("row").locator("td:last-child").allTextContents();
  const parts = cells.map((text) => Number.parseFloat(text)).filter((ms) => !Number.isNaN(ms));
  expect(parts).toHaveLength(6);
  const total = Number.parseFloat((await fact.textContent())?.replace("Time", "") ?? "");
  expect(Math.abs(parts.reduce((sum, ms) => sum + ms, 0) - total)).toBeLessThan(0.01 * total + 0.004);

  const node = (name: string) => page.getByRole("group", { name, exact: true });
  await expect(node("Stage 3").locator("[data-heat]")).toBeVisible();
  await expect(node("Stage 3")).toContainText(/Time[\d.]+ ms/);
  await page.getByRole("button", { name: "Blocks of stage 3" }).click();
  await page.getByRole("button", { name: "Block 1 of stage 3" }).click();
  await expect(node("fc1 of stage 3, block 1")).toContainText(/T[\d.]+ ms/);
  await expect(node("norm of stage 3, block 1")).toContainText("in fc1");
  await expect(node("norm of stage 3, block 1").locator("[data-heat]")).toHaveCount(0);
  // By the keyboard: the drawing may still be moving under the mouse.
  await node("norm of stage 3, block 1").press(" ");
  await expect(fact).toContainText(/within fc1[\d.]+ ms together/);
  await node("fc1 of stage 3, block 1").press(" ");
  await expect(fact).toContainText(/[\d.]+ ms.* %together with norm, GELU/);
  await expectAccessible(page, "the times on the graph");

  await page.getByRole("button", { name: "Increase Depth of stage 4" }).first().click();
  await expect(key).toBeHidden();
  await expect(node("fc1 of stage 3, block 1").locator("[data-heat]")).toHaveCount(0);
});

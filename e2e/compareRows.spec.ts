/** @file The rows of the board: their order, their names, how they come there and are sorted. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";
import { addByText, names, notices, openBoard, pretrained, rows } from "./board.ts";

const first = "InceptionNeXt-Y";
const second = "InceptionNeXt-Y, 7 × 7 depthwise";
const resnet = JSON.stringify({ fixed: "resnet50" });
const handleOf = (page: Page, name: string) =>
  page.getByRole("button", { name: new RegExp(`^Move ${name}, \\d+ of`) });

test("rows move by the arrow keys and by dragging; Escape leaves them, undo takes it back", async ({
  page,
}) => {
  await openBoard(page);
  await addByText(page, resnet);
  const handle = handleOf(page, first);
  await handle.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await names(page)).toEqual([second, "ResNet-50", first]);
  await expect(handle).toBeFocused();
  const drag = async (from: string, to: string, end: () => Promise<void>) => {
    const [start, target] = [
      await handleOf(page, from).boundingBox(),
      await handleOf(page, to).boundingBox(),
    ];
    if (!start || !target) throw new Error("A handle is out of sight.");
    await page.mouse.move(start.x + 8, start.y + 8);
    await page.mouse.down();
    await page.mouse.move(target.x + 8, target.y - 8, { steps: 4 });
    await end();
    await page.mouse.up();
  };
  await drag(first, second, () => page.keyboard.press("Escape"));
  expect(await names(page)).toEqual([second, "ResNet-50", first]);
  await drag(first, second, () => Promise.resolve());
  expect(await names(page)).toEqual([first, second, "ResNet-50"]);
  await page.keyboard.press("Control+z");
  expect(await names(page)).toEqual([second, "ResNet-50", first]);
  await handleOf(page, second).focus();
  await page.keyboard.press("Delete");
  expect(await names(page)).toEqual(["ResNet-50", first]);
  await expect(handleOf(page, "ResNet-50")).toBeFocused();
});

test("a row that is dragged to the edge scrolls what lies beyond", async ({ page }) => {
  await openBoard(page, { viewport: { width: 1440, height: 420 } });
  await addByText(page, `[${[resnet, resnet, resnet, resnet, resnet].join()}]`);
  const dismiss = page.getByRole("button", { name: "Dismiss: 5 networks on the board" });
  await dismiss.click();
  // The rows move up while the notice goes.
  await expect(dismiss).toHaveCount(0);
  const start = await handleOf(page, first).boundingBox();
  if (!start) throw new Error("The handle is out of sight.");
  await page.mouse.move(start.x + 8, start.y + 8);
  await page.mouse.down();
  await page.mouse.move(start.x + 8, 415, { steps: 4 });
  await expect(handleOf(page, "ResNet-50 5")).toBeInViewport();
  // The last row stands still under the pointer once everything has been scrolled.
  await expect(async () => {
    const last = await handleOf(page, "ResNet-50 5").boundingBox();
    expect(last?.y).toBeLessThan(415);
  }).toPass();
  await page.mouse.up();
  expect((await names(page)).indexOf(first)).toBeGreaterThan(3);
});

test("a network is copied by key and pasted as another", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openBoard(page);
  await handleOf(page, first).focus();
  await page.keyboard.press("Control+c");
  await expect(notices(page)).toContainText(`${first} copied`);
  await page.keyboard.press("Control+v");
  expect(await names(page)).toEqual([first, second, `${first} 2`]);
  await page.evaluate(() => navigator.clipboard.writeText("nothing of the kind"));
  await page.keyboard.press("Control+v");
  await expect(notices(page)).toContainText("What was pasted is no network");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Paste/ }).click();
  await expect(notices(page)).toContainText("What was copied is no network");
  await expect(rows(page)).toHaveCount(3);
});

test("P in the editor pins what is on the canvas", async ({ page }) => {
  await openApp(page, { link: "?backend=wasm" });
  await pretrained(page);
  await page.keyboard.press("p");
  await expect(notices(page)).toContainText(`${first} is on the board`);
  await page.getByRole("radio", { name: "Compare" }).click();
  await expect(rows(page)).toHaveCount(1);
  expect(await names(page)).toEqual([first]);
});

test("a long name is whole in its row; Escape takes a change back, an empty name is none", async ({
  page,
}) => {
  await openBoard(page);
  const long = "A network with a rather long name, as people give them to their edits";
  const field = page.getByRole("textbox", { name: `Name of ${first}`, exact: true });
  await field.fill("half");
  await field.press("Escape");
  await field.fill("   ");
  await field.press("Enter");
  await expect(field).toHaveValue(first);
  await field.fill(long);
  await field.press("Enter");
  const renamed = page.getByRole("textbox", { name: `Name of ${long}` });
  await expect(renamed).toHaveValue(long);
  const hidden = await renamed.evaluate((element) => [
    element.scrollWidth - element.clientWidth,
    element.scrollHeight - element.clientHeight,
  ]);
  expect(hidden).toEqual([0, 0]);
});

test("heads of columns sort, a third press gives the own order back; on a phone a select sorts the cards", async ({
  page,
}) => {
  await openBoard(page);
  await addByText(page, resnet);
  const head = page.getByRole("columnheader", { name: /^Parameters/ });
  const press = () => head.getByRole("button").click();
  await press();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect(handleOf(page, first)).toHaveCount(0);
  await press();
  expect(await names(page)).toEqual(["ResNet-50", second, first]);
  await press();
  expect(await names(page)).toEqual([first, second, "ResNet-50"]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("combobox", { name: "Sort by" }).click();
  await page.getByRole("option", { name: "MACs" }).click();
  await page.getByRole("button", { name: "Smallest first" }).click();
  expect(await names(page)).toEqual(["ResNet-50", second, first]);
});

test("on a tablet the names stay while the figures scroll; a shadow says that there is more", async ({
  page,
}) => {
  await openBoard(page, { viewport: { width: 1024, height: 768 } });
  await addByText(page, resnet);
  const scrolled = page.getByRole("region", { name: "Networks and their figures" });
  const framed = scrolled.locator("..");
  await expect(framed).toHaveAttribute("data-more-right", "true");
  const before = await handleOf(page, first).boundingBox();
  await scrolled.focus();
  await scrolled.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await expect(framed).toHaveAttribute("data-more-left", "true");
  await expect(framed).not.toHaveAttribute("data-more-right", "true");
  expect(await handleOf(page, first).boundingBox()).toEqual(before);
  await expectAccessible(page, "the board, scrolled sideways");
});

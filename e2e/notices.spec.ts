/** @file The notices: what waits for the person and what goes by itself, by mouse, keyboard and touch, at every size. */
import type { Page } from "@playwright/test";
import { expect, openApp, test } from "./app.ts";

const region = (page: Page) => page.getByRole("region", { name: "Notices" });
const notice = (page: Page, title: string | RegExp) => region(page).getByRole("dialog", { name: title });
const offline = "The ImageNet weights of InceptionNeXt-A could not be fetched";
const phone = { width: 390, height: 844 };

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** Opens the app without the hub: the bundled network runs, and one notice waits. */
async function open(page: Page, opening: Parameters<typeof openApp>[1] = {}): Promise<void> {
  await openApp(page, opening);
  await expect(notice(page, offline)).toBeVisible({ timeout: 60_000 });
}

const share = (page: Page) => page.getByRole("button", { name: "Share", exact: true }).click();

/** Pastes what begins as an architecture does and is none. */
const pasteNonsense = (page: Page) =>
  page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", '{"version":1,"stages":[]}');
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  });

test("what is done goes by itself, but not under the pointer; what asks for something waits", async ({
  page,
}) => {
  await page.clock.install();
  await open(page);
  await share(page);
  const copied = notice(page, "Link copied");
  await copied.hover();
  await page.clock.fastForward(20_000);
  await expect(copied).toBeVisible();
  await page.getByRole("tab", { name: "Inspect" }).hover();
  await page.clock.fastForward(20_000);
  await expect(copied).toHaveCount(0);
  await expect(notice(page, offline)).toBeVisible();
});

test("F6 leads to the notices, Escape dismisses one and leads back", async ({ page }) => {
  await open(page);
  const tab = page.getByRole("tab", { name: "Measure" });
  await tab.focus();
  await page.keyboard.press("F6");
  await expect(region(page)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(notice(page, offline)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(notice(page, offline).getByRole("button", { name: "Retry" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(notice(page, offline)).toHaveCount(0);
  await expect(tab).toBeFocused();
});

test("a swipe to the side dismisses, a short one does not", async ({ page }) => {
  await open(page);
  await pasteNonsense(page);
  const refused = notice(page, "What was pasted is no architecture that can be opened");
  const swipe = async (by: number) => {
    const box = await refused.boundingBox();
    if (!box) throw new Error("The notice has no box.");
    const [x, y] = [box.x + box.width - 80, box.y + 8];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const step of [0.25, 0.5, 0.75, 1]) await page.mouse.move(x + step * by, y);
    await page.mouse.up();
  };
  await swipe(-20);
  await expect(refused).not.toHaveAttribute("data-swiping");
  await expect(refused).toBeVisible();
  await swipe(-160);
  await expect(refused).toHaveCount(0);
  await expect(notice(page, offline)).toBeVisible();
});

test("problems are said at once, the rest in turn", async ({ page }) => {
  await open(page);
  await pasteNonsense(page);
  await share(page);
  const within = (role: "alert" | "status", title: RegExp) =>
    region(page).getByRole(role).filter({ hasText: title });
  await expect(within("alert", /What was pasted/)).toHaveCount(1);
  await expect(within("status", /Link copied/)).toHaveCount(1);
  await expect(within("status", /could not be fetched/)).toHaveCount(1);
});

test("one of a kind is shown, and the oldest of many waits until there is room", async ({ page }) => {
  await page.clock.install();
  await open(page, { link: "#a=1.broken" });
  await pasteNonsense(page);
  await pasteNonsense(page);
  await expect(notice(page, /What was pasted/)).toHaveCount(1);
  await page.keyboard.press("p");
  await expect(notice(page, /on the board/)).toBeVisible();
  await share(page);
  await expect(notice(page, "Link copied")).toBeVisible();
  const damaged = region(page).getByText("The link could not be opened");
  await expect(damaged).toBeHidden();
  await notice(page, /What was pasted/)
    .getByRole("button", { name: /^Dismiss/ })
    .click();
  await expect(damaged).toBeVisible();
});

test("they stay when the mode changes", async ({ page }) => {
  await open(page);
  await page.getByRole("radio", { name: "Compare" }).click();
  await expect(notice(page, offline)).toBeVisible();
});

for (const theme of ["light", "dark"] as const) {
  test(`on a phone they cover no bar, and are seen over a panel (${theme})`, async ({ page }) => {
    await page.clock.install();
    await open(page, { viewport: phone, theme });
    await page.getByRole("tab", { name: "Predict" }).click();
    await pasteNonsense(page);
    await share(page);
    const shown = region(page).getByRole("dialog");
    await expect(shown).toHaveCount(3);
    const bars = [page.getByRole("banner"), page.getByRole("contentinfo"), page.getByRole("tablist")];
    for (const box of await Promise.all((await shown.all()).map((one) => one.boundingBox()))) {
      for (const bar of await Promise.all(bars.map((one) => one.boundingBox()))) {
        if (!box || !bar) throw new Error("Something is not shown.");
        expect(box.y + box.height <= bar.y || box.y >= bar.y + bar.height).toBe(true);
      }
    }
    // What lies on top there is the notice itself, not the panel.
    await notice(page, "Link copied").getByRole("button", { name: "Dismiss: Link copied" }).click();
    await expect(notice(page, "Link copied")).toHaveCount(0);
  });
}

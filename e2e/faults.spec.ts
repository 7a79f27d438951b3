/** @file A part of the page that fails takes itself, not the page: the rest works, and there are ways on. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, openApp, test } from "./app.ts";

const fault = "Broken on purpose";
test.use({ onPurpose: /Broken on purpose|could not be drawn|net::ERR_FAILED/ });

const failed = (page: Page, part: string) =>
  page.getByRole("alert").filter({ hasText: `${part} could not be drawn` });
const tryAgain = (page: Page, part: string) =>
  failed(page, part).getByRole("button", { name: "Try again" }).click();

async function open(page: Page, opening: Parameters<typeof openApp>[1] = {}): Promise<void> {
  await openApp(page, opening);
  await expect(page.getByRole("contentinfo")).toContainText("456 k", { timeout: 60_000 });
}

/** The code of a part that is loaded later throws as soon as it is drawn. */
async function breakPart(page: Page, component: string): Promise<void> {
  await page.route(`**/assets/${component}-*.js`, (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `export function ${component}() { throw new Error("${fault}"); }`,
    }),
  );
}

/** Whatever measures its own size in an element of this selector throws, from a call with true to one with false. */
async function breakSizes(page: Page, selector: string): Promise<(isBroken: boolean) => Promise<void>> {
  await page.addInitScript(
    ({ message, within }) => {
      const Whole = window.ResizeObserver;
      window.ResizeObserver = class extends Whole {
        override observe(target: Element): void {
          if (document.documentElement.dataset["broken"] && target.closest(within)) throw new Error(message);
          super.observe(target);
        }
      };
    },
    { message: fault, within: selector },
  );
  return (isBroken) =>
    page.evaluate((broken) => {
      if (broken) document.documentElement.dataset["broken"] = "yes";
      else delete document.documentElement.dataset["broken"];
    }, isBroken);
}

test("a panel that fails leaves the page, and saves the architecture", async ({ page }) => {
  await breakPart(page, "LearnPanel");
  await open(page);
  await page.getByRole("tab", { name: "Learn" }).click();
  await expect(failed(page, "Learn")).toBeVisible();
  await expect(failed(page, "Learn")).toContainText(fault);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    failed(page, "Learn").getByRole("button", { name: "Save the architecture" }).click(),
  ]);
  expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toMatchObject({ numClasses: 10 });
  await page.getByRole("tab", { name: "Inspect" }).click();
  await expect(failed(page, "Learn")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Inspector" })).toBeVisible();
});

test("the gallery that fails leaves the canvas, which can be edited", async ({ page }) => {
  await breakPart(page, "Gallery");
  await open(page);
  await expect(failed(page, "The gallery")).toBeVisible();
  const depth = page.getByRole("spinbutton", { name: "Depth" }).first();
  await depth.fill("5");
  await depth.press("Enter");
  await expect(page.getByRole("contentinfo")).not.toContainText("456 k");
});

test("the canvas that fails leaves the panels, and heals with the next edit", async ({ page }) => {
  const setBroken = await breakSizes(page, "[aria-label=Network]");
  await open(page);
  await page.keyboard.press("c");
  await expect(page.getByRole("tab", { name: "Board" })).toBeVisible();
  await setBroken(true);
  await page.keyboard.press("c");
  await expect(failed(page, "The canvas")).toBeVisible();
  await tryAgain(page, "The canvas");
  await expect(failed(page, "The canvas")).toBeVisible();
  await setBroken(false);
  const size = page.getByRole("spinbutton", { name: "Image size" });
  await size.fill("96");
  await size.press("Enter");
  await expect(page.getByRole("region", { name: "Network", exact: true })).toContainText("Stage 4");
  await expect(failed(page, "The canvas")).toHaveCount(0);
});

test("a chart that fails leaves its tab, and is drawn when it is tried again", async ({ page }) => {
  const setBroken = await breakSizes(page, "figure");
  await open(page);
  await page.keyboard.press("c");
  await expect(page.getByRole("tab", { name: "Board" })).toBeVisible();
  await setBroken(true);
  await page.getByRole("tab", { name: "Paper" }).click();
  const alert = page.getByRole("alert").filter({ hasText: /^The chart .+ could not be drawn/ });
  await expect(alert).toBeVisible();
  await expect(page.getByRole("table").first()).toBeVisible();
  await setBroken(false);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(page.getByRole("figure").first()).toBeVisible();
});

test("a dialog that fails can be closed", async ({ page }) => {
  await breakPart(page, "AboutDialog");
  await open(page);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "About", exact: true }).click();
  await expect(failed(page, "About")).toBeVisible();
  await failed(page, "About").getByRole("button", { name: "Close" }).click();
  await expect(failed(page, "About")).toHaveCount(0);
  await page.keyboard.press("2");
  await expect(page.getByRole("tabpanel", { name: "Predict" })).toBeVisible();
});

test("a part that could not be fetched is there when it is tried again", async ({ page }) => {
  await page.route("**/assets/Gallery-*.js", (route) => route.abort());
  await open(page);
  const alert = page.getByRole("alert").filter({ hasText: "The gallery could not be loaded" });
  await expect(alert).toBeVisible();
  await page.unroute("**/assets/Gallery-*.js");
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("navigation", { name: "Gallery" })).toContainText("InceptionNeXt-A");
});

/**
 * @file Runs orders in the browser: the harness page in the Chrome or Chromium that the tests use, without a window.
 */
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright";
import { browserFlags, findBrowser } from "../../scripts/browser.ts";
import type { BackendChoice, EngineErrorCode } from "../model/engine/api.ts";
import { InputError } from "./command.ts";
import type { Outcome } from "./harness.ts";
import { type Site, serve } from "./server.ts";

export interface Setting {
  readonly backend: BackendChoice;
  /** Files that the page may fetch, by the name under which it asks for them. */
  readonly files?: ReadonlyMap<string, string>;
}

/** What the person can put right. */
const inputErrors: readonly EngineErrorCode[] = ["badInput", "weights", "overLimits", "unavailable"];

const harness = join(import.meta.dirname, "harness.html");

/**
 * Opens the harness page, gives it an order and brings back the answer.
 * @throws InputError for what the person can put right; Error for anything else.
 */
export function inBrowser<T>(
  { backend, files }: Setting,
  order: (page: Page) => Promise<Outcome<T>>,
): Promise<T> {
  return withPages({ page: harness, files, needsAdapter: backend === "webgpu" }, async ({ newPage }) => {
    const outcome = await order(await newPage());
    if (outcome.ok) return outcome.value;
    throw inputErrors.includes(outcome.code) ? new InputError(outcome.message) : new Error(outcome.message);
  });
}

export interface PageSetting {
  /** Path of the HTML of the page. */
  readonly page: string;
  readonly files?: ReadonlyMap<string, string> | undefined;
  /** Takes WebGPU's software adapter where there is no other. */
  readonly needsAdapter: boolean;
  /** Flags of the browser besides the usual ones. */
  readonly flags?: readonly string[];
}

export interface Pages {
  readonly browser: Browser;
  /** Opens the page once more. */
  readonly newPage: () => Promise<Page>;
}

/** Serves a page and starts a browser for it as long as `use` takes. */
export async function withPages<T>(
  { page, files, needsAdapter, flags = [] }: PageSetting,
  use: (pages: Pages) => Promise<T>,
): Promise<T> {
  const executablePath = findBrowser();
  if (!executablePath) {
    throw new Error("No Chrome or Chromium was found: install one, or set CHROME_PATH to its executable.");
  }
  const launch = (softwareGpu: boolean) =>
    chromium.launch({ executablePath, args: [...browserFlags({ softwareGpu }), ...flags] });
  const site = await serve(page, files);
  let browser: Browser | undefined;
  try {
    browser = await launch(false);
    if (needsAdapter && !(await hasAdapter(await open(browser, site)))) {
      await browser.close();
      browser = await launch(true);
    }
    const running = browser;
    return await use({ browser: running, newPage: () => open(running, site) });
  } finally {
    await browser?.close();
    await site.close();
  }
}

async function open(browser: Browser, { url }: Site): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}

/** Whether WebGPU has any adapter here; without the flag for the software one, there may be none. */
function hasAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
}

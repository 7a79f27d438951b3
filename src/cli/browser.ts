/**
 * @file Runs orders in the browser: the harness page in the Chrome or Chromium that the tests use, without a window.
 */
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

/**
 * Opens the harness page, gives it an order and brings back the answer.
 * @throws InputError for what the person can put right; Error for anything else.
 */
export async function inBrowser<T>(
  { backend, files = new Map() }: Setting,
  order: (page: Page) => Promise<Outcome<T>>,
): Promise<T> {
  const executablePath = findBrowser();
  if (!executablePath) {
    throw new Error("No Chrome or Chromium was found: install one, or set CHROME_PATH to its executable.");
  }
  const site = await serve(files);
  let browser: Browser | undefined;
  try {
    browser = await launch(executablePath, { softwareGpu: false });
    let page = await open(browser, site);
    if (backend === "webgpu" && !(await hasAdapter(page))) {
      await browser.close();
      browser = await launch(executablePath, { softwareGpu: true });
      page = await open(browser, site);
    }
    const outcome = await order(page);
    if (outcome.ok) return outcome.value;
    throw inputErrors.includes(outcome.code) ? new InputError(outcome.message) : new Error(outcome.message);
  } finally {
    await browser?.close();
    await site.close();
  }
}

function launch(executablePath: string, gpu: { readonly softwareGpu: boolean }): Promise<Browser> {
  return chromium.launch({ executablePath, args: browserFlags(gpu) });
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

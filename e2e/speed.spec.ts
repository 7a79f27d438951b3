/** @file How long the page's main thread is held up by an edit, in the processor's time. */
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { deeper, depth, openRunning, predictions } from "./editor.ts";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor's time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Milliseconds of every task on the pages' main threads while something is done, in the processor's time: what else the
 * machine is doing does not count.
 */
async function mainThreadTasks(
  browser: Browser,
  page: Page,
  done: () => Promise<void>,
): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await done();
  const trace = (await browser.stopTracing()).toString();
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] };
  const mainThreads = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const isMain = ({ pid, tid }: TraceEvent) =>
    mainThreads.some((thread) => thread.pid === pid && thread.tid === tid);
  return traceEvents
    .filter((event) => event.name === "ThreadControllerImpl::RunTask" && isMain(event))
    .map(({ tdur = 0 }) => tdur / 1000);
}

/** Deepens a stage and waits for what the network says to it. */
async function editAndWait(page: Page, stage: number): Promise<void> {
  const before = await predictions(page).textContent();
  await deeper(page, stage);
  await expect(predictions(page)).not.toHaveText(before ?? "");
}

test("an edit does not block the page for 50 ms", async ({ page, browser }) => {
  await openRunning(page);
  // What is only needed at the first edit is loaded then.
  await editAndWait(page, 1);
  const tasks = await mainThreadTasks(browser, page, async () => {
    for (const stage of [1, 2, 3, 4]) await editAndWait(page, stage);
  });
  await expect(depth(page, 4)).toHaveValue("3");
  expect(tasks.length).toBeGreaterThan(100);
  expect(Math.max(...tasks)).toBeLessThan(50);
  // The same clock sees a page that is blocked: by work that takes any processor longer, each step waiting for the one before.
  const blocked = await mainThreadTasks(browser, page, () =>
    page.evaluate(() => {
      let value = 1;
      for (let step = 0; step < 3e8; step++) value *= 1.000_000_001;
      Object.assign(window, { blockedBy: value });
    }),
  );
  expect(Math.max(...blocked)).toBeGreaterThan(50);
});

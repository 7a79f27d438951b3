/**
 * @file The app as a person uses it, on the network that it brings along.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

const fixtures = join(import.meta.dirname, "../src/model/weights/fixtures/checkpoints");

/** The strip with the totals. */
const totals = (page: Page) => page.getByRole("contentinfo");
const predictions = (page: Page) => page.getByRole("group", { name: "Predictions" });
/** A stage's card on the canvas: the inspector has the same knobs. */
const card = (page: Page, stage: number) => page.getByRole("group", { name: `Stage ${stage}`, exact: true });
const depth = (page: Page, stage: number) =>
  card(page, stage).getByRole("spinbutton", { name: `Depth of stage ${stage}` });
const deeper = (page: Page, stage: number) =>
  card(page, stage)
    .getByRole("button", { name: `Increase Depth of stage ${stage}` })
    .click();

/** Opens the app and waits until the bundled network's weights are in: before that, atto runs untrained. */
async function openRunning(page: Page, opening?: Parameters<typeof openApp>[1]): Promise<void> {
  await openApp(page, opening);
  await expect(predictions(page)).toContainText(/pretrained .*Fashion-MNIST/i, { timeout: 120_000 });
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor's time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Milliseconds of every task on the pages' main threads, in the processor's time: what else the machine is doing does not
 * count.
 */
function mainThreadTasks(trace: string): readonly number[] {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] };
  const mainThreads = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const isMain = ({ pid, tid }: TraceEvent) =>
    mainThreads.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = traceEvents.filter(
    (event) => event.name === "ThreadControllerImpl::RunTask" && isMain(event),
  );
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}

async function openPanel(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
  await expect(page.getByRole("tabpanel", { name })).toBeVisible();
}

test("a first visit without the hub opens the bundled network, and says so", async ({ page }) => {
  await openRunning(page);
  await expect(predictions(page)).toContainText("Ankle boot");
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("The ImageNet weights of InceptionNeXt-A could not be fetched");
  await expect(notices.getByRole("button", { name: "Retry" })).toBeVisible();
  await expect(totals(page)).toContainText("456 k");
  await expect(totals(page)).toContainText("5.74 M");
});

test("an edit changes the totals, the badge and the link; undo takes it back, the link brings it again", async ({
  page,
}) => {
  await openRunning(page);
  const before = page.url();
  await deeper(page, 2);
  await expect(depth(page, 2)).toHaveValue("3");
  await expect(totals(page)).not.toContainText("456 k");
  await expect(predictions(page)).toContainText("Partly pretrained");
  await expect.poll(() => page.url()).not.toBe(before);
  const link = new URL(page.url()).hash;
  expect(link).toMatch(/^#a=1\./);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(depth(page, 2)).toHaveValue("2");
  await expect(totals(page)).toContainText("456 k");
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(depth(page, 2)).toHaveValue("3");
  await page.goto("about:blank");
  await openRunning(page, { link });
  await expect(depth(page, 2)).toHaveValue("3");
});

test("one drag of a slider is one step of undo", async ({ page }) => {
  await openRunning(page);
  const ratio = card(page, 1).getByRole("spinbutton", { name: "Branch ratio of stage 1, as a number" });
  await expect(ratio).toHaveValue("0.25");
  const box = await card(page, 1).getByRole("slider", { name: "Branch ratio of stage 1" }).boundingBox();
  if (!box) throw new Error("no slider");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const pixels of [10, 20, 30, 40]) await page.mouse.move(x - pixels, y);
  await page.mouse.up();
  await expect(ratio).not.toHaveValue("0.25");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(ratio).toHaveValue("0.25");
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("nonsense in a field changes nothing and is explained", async ({ page }) => {
  await openRunning(page);
  const band = card(page, 3).getByRole("spinbutton", { name: "Band kernel of stage 3" });
  for (const nonsense of ["8", "abc", "-3"]) {
    await band.fill(nonsense);
    await band.press("Enter");
    await expect(band).toHaveAttribute("aria-invalid", "true");
    await expect(totals(page)).toContainText("456 k");
  }
  await band.fill("7");
  await band.press("Enter");
  await expect(band).not.toHaveAttribute("aria-invalid", "true");
  await expect(totals(page)).not.toContainText("456 k");
});

test("a stage opens to its blocks and a block to the four branches", async ({ page }) => {
  await openRunning(page);
  const block = page.getByRole("group", { name: "Block 1 of stage 1", exact: true });
  await page.getByRole("button", { name: "Blocks of stage 1" }).click();
  await page.getByRole("button", { name: "Block 1 of stage 1" }).click();
  await expect(block).toBeVisible();
  const branches = page.getByRole("group", { name: /branch of stage 1, block 1$/ });
  const disclosure = page.getByRole("button", { name: "Branches of the token mixer of stage 1, block 1" });
  if ((await branches.count()) === 0) await disclosure.click();
  await expect(branches).toHaveCount(4);
  await page.getByRole("button", { name: "Fold all stages" }).click();
  await expect(block).toBeHidden();
});

test("an edit does not block the page for 50 ms", async ({ page, browser }) => {
  await openRunning(page);
  // What is only needed at the first edit is loaded then.
  await deeper(page, 1);
  await expect(predictions(page)).toContainText("Partly pretrained");
  await browser.startTracing(page, { categories: ["toplevel"] });
  for (const stage of [1, 2, 3, 4]) {
    await deeper(page, stage);
    await page.waitForTimeout(500);
  }
  await expect(depth(page, 4)).toHaveValue("3");
  const tasks = mainThreadTasks((await browser.stopTracing()).toString());
  expect(tasks.length).toBeGreaterThan(100);
  expect(Math.max(...tasks)).toBeLessThan(50);
});

test("accuracy on the labelled test images is the known one", async ({ page }) => {
  await openRunning(page);
  await openPanel(page, "Predict");
  await page.getByRole("button", { name: "Measure accuracy" }).click();
  await expect(page.getByRole("region", { name: "Accuracy" })).toContainText(/92\.0\s%/, {
    timeout: 90_000,
  });
  await expect(totals(page)).toContainText("92.0");
});

test("another picture gives another prediction", async ({ page }) => {
  await openRunning(page);
  await openPanel(page, "Predict");
  await page.getByRole("button", { name: "Show Test image 3, Trouser" }).click();
  await expect(predictions(page).getByRole("listitem").first()).toContainText("Trouser");
});

test("measuring an edit runs it against its baseline and says which is faster", async ({ page }) => {
  await openRunning(page);
  await deeper(page, 1);
  await openPanel(page, "Measure");
  await page.getByRole("spinbutton", { name: "Runs" }).fill("5");
  await page.getByRole("spinbutton", { name: "Runs" }).press("Enter");
  await page.getByRole("button", { name: "Measure", exact: true }).click();
  const panel = page.getByRole("tabpanel", { name: "Measure" });
  await expect(panel).toContainText(/p99/i, { timeout: 90_000 });
  await expect(panel).toContainText(/faster|slower|as fast/i);
  await page.getByRole("button", { name: "Time every node" }).click();
  await expect(card(page, 1)).not.toContainText("not measured", {
    timeout: 90_000,
  });
});

test("a checkpoint that is chosen opens exactly its own network", async ({ page }) => {
  await openRunning(page);
  await openPanel(page, "Weights");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a checkpoint" }).click();
  await (await choosing).setFiles(join(fixtures, "micro.safetensors"));
  await expect(card(page, 3).getByRole("spinbutton", { name: "Dim of stage 3" })).toHaveValue("48");
  await expect(card(page, 1).getByRole("spinbutton", { name: "Band kernel of stage 1" })).toHaveValue("7");
  await expect(predictions(page)).toContainText("Pretrained");
});

test("a file that is dropped and is no checkpoint gets a sentence, and nothing is lost", async ({ page }) => {
  await openRunning(page);
  await openPanel(page, "Weights");
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a checkpoint" }).click();
  await (await choosing).setFiles({
    name: "noise.safetensors",
    mimeType: "",
    buffer: Buffer.from("not a checkpoint at all"),
  });
  await expect(page.getByRole("region", { name: "Notices" })).toContainText(
    "neither safetensors nor a PyTorch checkpoint",
  );
  await expect(totals(page)).toContainText("456 k");
});

test("a damaged link is explained and the app runs", async ({ page }) => {
  await openRunning(page, { link: "#a=1.broken" });
  await expect(page.getByRole("region", { name: "Notices" })).toContainText(/link/i);
  await expect(predictions(page)).toContainText("Ankle boot");
});

test("without a network the app goes on working", async ({ page, context }) => {
  await openRunning(page);
  await context.setOffline(true);
  await deeper(page, 3);
  await expect(predictions(page)).toContainText("Partly pretrained");
});

test("a forced WebGPU backend runs, survives a crash of the GPU, and loses no edit", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  await openRunning(page, { link: "?backend=webgpu" });
  await expect(page.getByRole("button", { name: /^Backend: WebGPU/ })).toBeVisible();
  await deeper(page, 4);
  await expect(predictions(page)).toContainText("Partly pretrained", { timeout: 90_000 });
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send("Browser.crashGpuProcess").catch(() => undefined);
  await expect(page.getByRole("region", { name: "Notices" })).toContainText(/restarted|lost/i, {
    timeout: 90_000,
  });
  await expect(depth(page, 4)).toHaveValue("3");
  await deeper(page, 4);
  await expect(totals(page)).toContainText("pretrained", { timeout: 90_000 });
});

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
for (const theme of ["light", "dark"] as const) {
  for (const viewport of sizes) {
    test(`looks right at ${viewport.width} x ${viewport.height}, ${theme}`, async ({ page }) => {
      await openRunning(page, { viewport, theme });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, "pixels that stick out at the side").toBeLessThanOrEqual(0);
      await expectAccessible(page, "the first screen");
      const path = test.info().outputPath("screen.png");
      await page.screenshot({ path });
      await test.info().attach("screen", { path, contentType: "image/png" });
      expect(readFileSync(path).length).toBeGreaterThan(20_000);
    });
  }
}

/**
 * @file The app as a person uses it, on the network that it brings along.
 */
import { join } from "node:path";
import { expect, test } from "./app.ts";
import { card, deeper, depth, openPanel, openRunning, predictions, totals } from "./editor.ts";

const fixtures = join(import.meta.dirname, "../src/model/weights/fixtures/checkpoints");

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

test("a stage can pool: its mixer is drawn, has no weights, and runs", async ({ page }) => {
  await openRunning(page);
  await card(page, 2).getByRole("combobox", { name: "Token mixer of stage 2" }).click();
  await page.getByRole("option", { name: /^Pool/ }).click();
  const kernel = card(page, 2).getByRole("spinbutton", { name: "Kernel of stage 2" });
  await expect(kernel).toHaveValue("3");
  await kernel.fill("5");
  await kernel.press("Enter");
  await expect(predictions(page)).toContainText("Edited, 100 % carried over");
  await expect(page.getByRole("list", { name: "Colours of the branches" })).toContainText("average");
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
  await disclosure.click();
  await expect(branches).toHaveCount(4);
  await page.getByRole("button", { name: "Fold all stages" }).click();
  await expect(block).toBeHidden();
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
  // Thirty times as deep, so that a busy machine cannot be in doubt either.
  await depth(page, 1).fill("60");
  await depth(page, 1).press("Enter");
  await openPanel(page, "Measure");
  await page.getByRole("spinbutton", { name: "Runs" }).fill("40");
  await page.getByRole("spinbutton", { name: "Runs" }).press("Enter");
  await page.getByRole("button", { name: "Measure", exact: true }).click();
  const measurement = page.getByRole("region", { name: "Measurement" });
  await expect(measurement.getByText(/^[\d.]+× slower than InceptionNeXt-Y on this device$/)).toBeVisible({
    timeout: 90_000,
  });
  await expect(measurement.getByText(/^Going by MACs, it would be [\d.]+× slower\.$/)).toBeVisible();
  const latency = measurement.getByRole("table", { name: "Latency" });
  for (const row of ["Median", "p90", "p99", "First run"]) {
    await expect(
      latency.getByRole("row", { name: new RegExp(`^${row} [\\d.]+.m?s [\\d.]+.m?s$`) }),
    ).toBeVisible();
  }
});

test("timing every node writes each its time", async ({ page }) => {
  await openRunning(page);
  await openPanel(page, "Measure");
  await expect(card(page, 1)).not.toContainText(/Time[\d.]+.ms/);
  await page.getByRole("button", { name: "Time every node" }).click();
  for (const stage of [1, 2, 3, 4]) {
    await expect(card(page, stage)).toContainText(/Time[\d.]+.ms/, { timeout: 90_000 });
  }
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

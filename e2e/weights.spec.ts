/**
 * @file The Weights panel: the published check, what is kept in the browser, what did not fit. And the check of the kernels.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { encodeArchitecture } from "../src/model/architecture/link.ts";
import { publishedCheck } from "../src/model/engine/publishedCheck.ts";
import { lower } from "../src/model/graph/lower.ts";
import { readCheckpoint } from "../src/model/weights/checkpoint.ts";
import { seededWeights } from "../src/model/weights/graphWeights.ts";
import type { HubStandIn } from "../src/model/weights/hubStandIn.testing.ts";
import { writeSafetensors } from "../src/model/weights/safetensors.ts";
import { bytesSource } from "../src/model/weights/source.ts";
import type { TensorMap } from "../src/model/weights/tensorMap.ts";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp } from "./app.ts";
import { architectureOf, test } from "./hub.ts";

const root = join(import.meta.dirname, "..");
const shipped = JSON.parse(readFileSync(join(root, "public/weights/manifest.json"), "utf8"));
const [bundled] = shipped.entries;
const official = shipped.entries.find(({ id }: { readonly id: string }) => id === publishedCheck.weights);
const bundledArchitecture = architectureOf(bundled.architecture);

const predictions = (page: Page) => page.getByRole("group", { name: "Predictions" });
const check = (page: Page) => page.getByRole("region", { name: "Published check" });
const kept = (page: Page) => page.getByRole("region", { name: "Kept in this browser" });
const loaded = (page: Page) => page.getByRole("region", { name: "Loaded weights" });
const checkpoints = (page: Page) => page.getByRole("region", { name: "Checkpoints" });

function fileOf(tensors: TensorMap): Buffer {
  return Buffer.concat(writeSafetensors(tensors));
}

/**
 * A small network in the place of the official one: its classifier ignores what it sees and always gives these
 * probabilities, and the remainder evenly to the other classes.
 */
function standIn(egyptianCat: number, tigerCat: number): Buffer {
  const architecture = { ...bundledArchitecture, imageSize: 224, numClasses: publishedCheck.numClasses };
  const tensors = new Map(seededWeights(lower(architecture)));
  const rest = (1 - egyptianCat - tigerCat) / (publishedCheck.numClasses - 2);
  const bias = new Float32Array(publishedCheck.numClasses).fill(Math.log(rest));
  bias[285] = Math.log(egyptianCat);
  bias[282] = Math.log(tigerCat);
  const hidden = tensors.get("head.fc2.weight")?.shape[1] ?? 0;
  const weight = new Float32Array(publishedCheck.numClasses * hidden);
  tensors.set("head.fc2.weight", { shape: [publishedCheck.numClasses, hidden], data: weight });
  tensors.set("head.fc2.bias", { shape: [publishedCheck.numClasses], data: bias });
  return fileOf(tensors);
}

/** Opens the Weights panel of the bundled network; `file` is what the hub has as the official weights. */
async function openWeights(page: Page, hub: HubStandIn, file?: Buffer): Promise<void> {
  if (file) {
    const sha256 = createHash("sha256").update(file).digest("hex");
    const entry = { ...official, sha256 };
    const manifest = { version: 1, entries: [bundled, entry] };
    await page.context().route("**/weights/manifest.json", (route) => route.fulfill({ json: manifest }));
    const { repo, revision, file: name } = official.hub;
    hub.put(`${repo}/${revision}/${name}`, { bytes: file });
  }
  await openApp(page, { link: `?hub=${hub.url}#a=${encodeArchitecture(bundledArchitecture)}` });
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST", { timeout: 60_000 });
  await page.getByRole("tab", { name: "Weights" }).click();
  await expect(check(page)).toBeVisible();
}

async function chooseCheckpoint(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a checkpoint" }).click();
  await (await choosing).setFiles({ name, mimeType: "", buffer });
}

test("the published check says which weights are missing, and fetches nothing unasked", async ({
  page,
  hub,
}) => {
  const before = hub.requests.length;
  await openWeights(page, hub);
  await check(page).getByRole("button", { name: "Run the published check" }).click();
  await expect(check(page)).toContainText("Missing: the official weights of InceptionNeXt-T");
  await expect(check(page).getByRole("button", { name: /^Download 112.MB and check$/ })).toBeVisible();
  await expect(check(page).getByRole("cell", { name: "not run" })).toHaveCount(2);
  expect(hub.requests.length).toBe(before);
});

test("the published numbers are verified, and the file is kept, used again and removed", async ({
  page,
  hub,
}) => {
  await openWeights(page, hub, standIn(0.8242, 0.0191));
  await check(page).getByRole("button", { name: "Run the published check" }).click();
  await check(page)
    .getByRole("button", { name: /and check$/ })
    .click();
  await expect(check(page)).toContainText("Verified: both agree to 0.005", { timeout: 60_000 });
  await expect(check(page).getByRole("row", { name: /Egyptian cat/ })).toHaveText(/0\.82217\s*0\.82420/);
  await expect(check(page).getByRole("row", { name: /tiger cat/ })).toHaveText(/0\.01905\s*0\.01910/);
  // What was on the canvas is still there.
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
  await expect(kept(page)).toContainText("InceptionNeXt-T");
  await expect(checkpoints(page)).toContainText("kept in this browser");
  await expectAccessible(page, "the Weights panel");
  const requests = hub.requests.length;
  await check(page).getByRole("button", { name: "Run the check again" }).click();
  await expect(check(page)).toContainText("Verified", { timeout: 60_000 });
  await checkpoints(page).getByRole("button", { name: "Open InceptionNeXt-T" }).click();
  await expect(loaded(page)).toContainText("this browser's cache", { timeout: 60_000 });
  expect(hub.requests.length).toBe(requests);
  await kept(page).getByRole("button", { name: "Remove InceptionNeXt-T from this browser" }).click();
  await expect(kept(page)).toContainText("Nothing.");
});

test("other numbers are not verified", async ({ page, hub }) => {
  await openWeights(page, hub, standIn(0.81, 0.01905));
  await check(page).getByRole("button", { name: "Run the published check" }).click();
  await check(page)
    .getByRole("button", { name: /and check$/ })
    .click();
  await expect(check(page)).toContainText("Not verified: they lie more than 0.005 apart", {
    timeout: 60_000,
  });
});

test("a check that cannot get its weights says why and can be tried again", async ({ page, hub }) => {
  const file = standIn(0.82217, 0.01905);
  await openWeights(page, hub, file);
  const { repo, revision, file: name } = official.hub;
  hub.put(`${repo}/${revision}/${name}`, { bytes: new Uint8Array(file), fault: "altered", times: 1 });
  await check(page).getByRole("button", { name: "Run the published check" }).click();
  const download = check(page).getByRole("button", { name: /and check$/ });
  await download.click();
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("The published check did not finish");
  await expect(notices).toContainText("Fetch it again");
  await expect(kept(page)).toContainText("Nothing.");
  await download.click();
  await expect(check(page)).toContainText("Verified", { timeout: 60_000 });
  await expect(notices).not.toContainText("did not finish");
});

test("a large download is asked for first", async ({ page, hub }) => {
  await openWeights(page, hub, standIn(0.5, 0.1));
  const before = hub.requests.length;
  await checkpoints(page).getByRole("button", { name: "Open InceptionNeXt-T" }).click();
  const question = checkpoints(page).getByRole("group", { name: "Download InceptionNeXt-T?" });
  await question.getByRole("button", { name: "Not now" }).click();
  await expect(question).toHaveCount(0);
  expect(hub.requests.length).toBe(before);
  await checkpoints(page).getByRole("button", { name: "Open InceptionNeXt-T" }).click();
  await question.getByRole("button", { name: /^Download/ }).click();
  await expect(loaded(page)).toContainText("the Hugging Face hub", { timeout: 60_000 });
});

test("a link to a network with a large checkpoint opens that network and asks", async ({ page, hub }) => {
  const architecture = architectureOf(official.architecture);
  const before = hub.requests.length;
  await openApp(page, {
    link: `?hub=${hub.url}#a=${encodeArchitecture({ ...architecture, imageSize: 224 })}`,
  });
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText(/Load the trained weights of InceptionNeXt-T\? They are 112.MB/);
  await expect(page.getByRole("contentinfo")).toContainText("28.1 M");
  expect(hub.requests.length).toBe(before);
});

test("what a checkpoint lacks and has too much is listed, folded", async ({ page, hub }) => {
  const fixture = readFileSync(join(root, "src/model/weights/fixtures/checkpoints/micro.safetensors"));
  const { tensors } = await readCheckpoint(bytesSource(new Uint8Array(fixture)));
  await openWeights(page, hub);

  const extra = new Map([...tensors, ["ema.decay", { shape: [1], data: new Float32Array(1) }] as const]);
  await chooseCheckpoint(page, "extra.safetensors", fileOf(extra));
  await expect(loaded(page)).toContainText("extra.safetensors", { timeout: 60_000 });
  await expect(loaded(page)).toContainText("not pinned");
  const unused = loaded(page).getByText("Extra, not used");
  await expect(loaded(page).getByText("ema.decay")).toBeHidden();
  await unused.click();
  await expect(loaded(page).getByText("ema.decay")).toBeVisible();

  const broken = new Map(tensors);
  broken.delete("stages.1.blocks.0.mlp.fc2.bias");
  broken.set("stages.2.blocks.1.gamma", { shape: [7], data: new Float32Array(7) });
  await chooseCheckpoint(page, "broken.safetensors", fileOf(broken));
  await expect(loaded(page)).toContainText("broken.safetensors was not loaded");
  await loaded(page).getByText("Missing", { exact: true }).click();
  await expect(loaded(page).getByText("stages.1.blocks.0.mlp.fc2.bias")).toBeVisible();
  await loaded(page).getByText("In another shape").click();
  await expect(loaded(page)).toContainText("stages.2.blocks.1.gamma 7, needs 48");
});

test("a branch that is switched off keeps every weight, and is not called pretrained", async ({ page }) => {
  const [first, ...others] = bundledArchitecture.stages;
  const tokenMixer = { ...first.tokenMixer, branches: { square: false, bandW: true, bandH: true } };
  const edited = { ...bundledArchitecture, stages: [{ ...first, tokenMixer }, ...others] };
  await openApp(page, { link: `#a=${encodeArchitecture(architectureOf(edited))}` });
  await expect(predictions(page)).toContainText(/Edited, 100.% carried over · Fashion-MNIST/, {
    timeout: 60_000,
  });
  await expect(page.getByRole("contentinfo")).toContainText("edited");
});

test("the kernels agree on the bundled network, and the check can be cancelled", async ({ page, hub }) => {
  await openWeights(page, hub);
  await page.getByRole("tab", { name: "Measure" }).click();
  const kernels = page.getByRole("region", { name: "Kernels" });
  await kernels.getByRole("button", { name: "Check the kernels" }).click();
  await kernels.getByRole("button", { name: "Cancel" }).click();
  // Once it has ended there is a way to begin again, and no outcome.
  await expect(kernels.getByRole("button", { name: "Check the kernels" })).toBeEnabled();
  await expect(kernels.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  await expect(kernels.getByRole("table")).toHaveCount(0);
  await expect(kernels.getByRole("status")).toHaveCount(0);
  await kernels.getByRole("button", { name: "Check the kernels" }).click();
  await expect(kernels).toContainText("All agree on this network", { timeout: 90_000 });
  const rows = kernels.getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText(/Own kernels, WebAssembly.*10⁻/);
  await expect(rows.nth(3)).toContainText("Plain JavaScriptreference");
  await expectAccessible(page, "the Measure panel");
});

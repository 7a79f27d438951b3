/**
 * @file The way of the weights from the hub, and what goes wrong on it, with a stand-in of the hub on this machine.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { encodeArchitecture } from "../src/model/architecture/link.ts";
import type { Architecture } from "../src/model/architecture/schema.ts";
import networks from "../src/model/weights/fixtures/micro.json" with { type: "json" };
import type { HubStandIn, StandInFile } from "../src/model/weights/hubStandIn.testing.ts";
import { writeSafetensors } from "../src/model/weights/safetensors.ts";
import { expect, openApp } from "./app.ts";
import { architectureOf, test } from "./hub.ts";

const root = join(import.meta.dirname, "..");
const published = readFileSync(join(root, "src/model/weights/fixtures/checkpoints/micro.safetensors"));
const shipped = JSON.parse(readFileSync(join(root, "public/weights/manifest.json"), "utf8"));
const [bundled] = shipped.entries;
const micro = architectureOf(networks.find(({ name }) => name === "micro")?.architecture);
const path = "timm/micro/main/model.safetensors";

/** A small network whose weights only the hub has, beside the bundled one. */
const manifest = {
  version: 1,
  entries: [
    bundled,
    {
      id: "micro",
      architecture: { ...micro, name: "Micro" },
      hub: { repo: "timm/micro", revision: "main", file: "model.safetensors" },
      approximateBytes: published.length,
      dataset: "imagenet-1k",
      classNames: Array.from({ length: micro.numClasses }, (_, index) => `class ${index}`),
      preprocessing: {
        imageSize: 64,
        cropPct: 0.875,
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
      },
      licence: "Apache-2.0",
      source: "the formula of the tests",
    },
  ],
};

const predictions = (page: Page) => page.getByRole("group", { name: "Predictions" });
const notices = (page: Page) => page.getByRole("region", { name: "Notices" });
const loaded = (page: Page) => page.getByRole("region", { name: "Loaded weights" });

/** Opens the app on a network, with the stand-in for the hub. */
async function open(page: Page, hub: HubStandIn, architecture: Architecture): Promise<void> {
  await page.context().route("**/weights/manifest.json", (route) => route.fulfill({ json: manifest }));
  await openApp(page, { link: `?hub=${hub.url}#a=${encodeArchitecture(architecture)}` });
}

async function openWeightsPanel(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Weights" }).click();
  await expect(page.getByRole("tabpanel", { name: "Weights" })).toBeVisible();
}

/** Puts the published file on the hub, with these faults, and gives what is asked for from now on. */
function publish(hub: HubStandIn, options: Partial<StandInFile> = {}): () => HubStandIn["requests"] {
  hub.put(path, { bytes: published, ...options });
  const start = hub.requests.length;
  return () => hub.requests.slice(start);
}

test("weights come from the hub by its redirect, and the next time from the browser's cache", async ({
  page,
  hub,
}) => {
  const requests = publish(hub);
  await open(page, hub, micro);
  await expect(predictions(page)).toContainText("Pretrained · ImageNet");
  await expect(predictions(page)).toContainText(/class \d/);
  expect(requests()).toEqual([
    { method: "GET", path: "/timm/micro/raw/main/model.safetensors", range: undefined, referrer: undefined },
    {
      method: "GET",
      path: "/timm/micro/resolve/main/model.safetensors",
      range: undefined,
      referrer: undefined,
    },
  ]);
  await openWeightsPanel(page);
  await expect(loaded(page)).toContainText("the Hugging Face hub");
  await expect(loaded(page)).toContainText("not pinned");
  await page.reload();
  await expect(predictions(page)).toContainText("Pretrained · ImageNet");
  await openWeightsPanel(page);
  await expect(loaded(page)).toContainText("this browser's cache");
  expect(requests()).toHaveLength(2);
});

test("with a full disk the file is used once, and fetched again the next time", async ({ page, hub }) => {
  const requests = publish(hub);
  const session = await page.context().newCDPSession(page);
  const origin = new URL(test.info().project.use.baseURL ?? "").origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  for (const visit of [1, 2]) {
    await open(page, hub, micro);
    await expect(predictions(page)).toContainText("Pretrained · ImageNet");
    expect(requests()).toHaveLength(2 * visit);
    await page.goto("about:blank");
  }
});

test("a download that is cut in mid-file goes on where it was", async ({ page, hub }) => {
  const requests = publish(hub, { fault: "cut", times: 1 });
  await open(page, hub, micro);
  await expect(predictions(page)).toContainText("Pretrained · ImageNet");
  const [, first, second] = requests();
  expect(first).toMatchObject({ path: expect.stringContaining("/resolve/"), range: undefined });
  // Through the hub again: the address that it redirected to may have expired.
  expect(second).toMatchObject({
    path: expect.stringContaining("/resolve/"),
    range: expect.stringMatching(/^bytes=[1-9]/),
  });
  await expect(notices(page).getByRole("dialog")).toHaveCount(0);
});

test("while a download stalls the network runs untrained; then it goes on by itself", async ({
  page,
  hub,
}) => {
  const requests = publish(hub, { fault: "stall", times: 1 });
  await open(page, hub, micro);
  await expect(predictions(page)).toContainText("Untrained");
  await expect(predictions(page)).toContainText("Pretrained · ImageNet", { timeout: 40_000 });
  expect(requests().at(-1)?.range).toMatch(/^bytes=[1-9]/);
});

test("whatever goes wrong is told with the next step, and the network before runs on", async ({
  page,
  hub,
}) => {
  const text = (bytes: string) => new TextEncoder().encode(bytes);
  const stranger = new Map([["encoder.weight", { shape: [2], data: new Float32Array(2) }]]);
  const failures: readonly [options: Partial<StandInFile>, told: RegExp][] = [
    [
      { fault: "missing" },
      /answers, but does not let this page read the file; a wrong name looks the same\. Fetch the file in a browser/,
    ],
    [{ fault: "refused" }, /refuses model\.safetensors \(403\)\. Fetch the file in a browser/],
    [{ fault: "busy" }, /is too busy to send model\.safetensors \(429\)\. Wait a minute and retry/],
    [{ fault: "truncated" }, /has \d+ bytes on the server instead of \d+\. Fetch or copy the file again/],
    [{ fault: "altered" }, /is not the published file: its SHA-256 begins with .*\. Fetch it again/],
    [
      { bytes: text("<!DOCTYPE html>Sign in") },
      /is a web page, not a checkpoint\. Choose a \.safetensors file/,
    ],
    [
      { bytes: Buffer.concat(writeSafetensors(stranger)) },
      /\(encoder\.weight, \.\.\.\) are of no network that is known here\. Choose a checkpoint of InceptionNeXt/,
    ],
  ];
  await open(page, hub, architectureOf(bundled.architecture));
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
  await openWeightsPanel(page);
  const load = page.getByRole("button", { name: "Open Micro" });
  const retry = notices(page).getByRole("button", { name: "Retry" });
  for (const [index, [options, told]] of failures.entries()) {
    await test.step(`${told}`, async () => {
      publish(hub, options);
      await (index === 0 ? load : retry).click();
      await expect(notices(page)).toContainText(told);
      await expect(notices(page)).toContainText("The weights of Micro could not be loaded");
      await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
    });
  }
  publish(hub);
  await load.click();
  await expect(predictions(page)).toContainText("Pretrained · ImageNet");
  await expect(notices(page).getByRole("dialog")).toHaveCount(0);
});

test("a file that the person chooses has its classes' names where the manifest knows it", async ({
  page,
  hub,
}) => {
  publish(hub);
  await open(page, hub, micro);
  await openWeightsPanel(page);
  const buffer = readFileSync(join(root, "public/weights", bundled.file));
  await page
    .getByLabel("Checkpoint file")
    .setInputFiles({ name: "renamed.safetensors", mimeType: "application/octet-stream", buffer });
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
  await expect(predictions(page)).toContainText(new RegExp(bundled.classNames.join("|")));
  await expect(predictions(page)).not.toContainText(/class \d/);
  await expect(loaded(page)).toContainText("against its known SHA-256");
});

test("a first visit that the hub refuses opens the bundled network; retrying brings the one that was wanted", async ({
  page,
  hub,
}) => {
  publish(hub, { fault: "missing" });
  await open(page, hub, micro);
  await expect(notices(page)).toContainText("The ImageNet weights of Micro could not be fetched");
  await expect(notices(page)).toContainText("The bundled network runs instead");
  await expect(predictions(page)).toContainText("Pretrained · Fashion-MNIST");
  publish(hub);
  await notices(page).getByRole("button", { name: "Retry" }).click();
  await expect(predictions(page)).toContainText("Pretrained · ImageNet");
});

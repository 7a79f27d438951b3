/**
 * @file Live predictions of a camera: Chromium's fake one, which shows a moving pattern, and what happens without.
 */
import type { Page } from "@playwright/test";
import { browserFlags, findBrowser } from "../scripts/browser.ts";
import { expectAccessible } from "./accessibility.ts";
import { expect, openApp, test } from "./app.ts";

const executablePath = findBrowser();
test.use({
  launchOptions: {
    ...(executablePath ? { executablePath } : {}),
    args: [...browserFlags({ softwareGpu: true }), "--use-fake-device-for-media-stream"],
  },
});

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Predict" });
const seen = (page: Page) => panel(page).getByRole("img", { name: /^What the network saw/ });
const pixels = (page: Page) => seen(page).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

/** Remembers the tracks that the page was given. */
async function watchTracks(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const tracks: MediaStreamTrack[] = [];
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await original(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
    Object.assign(window, { cameraTracks: tracks });
  });
  return () =>
    page.evaluate(() =>
      (window as unknown as { readonly cameraTracks: readonly MediaStreamTrack[] }).cameraTracks.map(
        ({ kind, readyState }) => `${kind} ${readyState}`,
      ),
    );
}

/** Opens the Predict panel of the bundled network. */
async function openPredict(page: Page, opening?: Parameters<typeof openApp>[1]): Promise<void> {
  await openApp(page, opening);
  await expect(page.getByRole("group", { name: "Predictions" })).toContainText("Pretrained · Fashion-MNIST", {
    timeout: 60_000,
  });
  await page.getByRole("tab", { name: "Predict" }).click();
  await expect(panel(page)).toBeVisible();
}

async function startCamera(page: Page): Promise<void> {
  await panel(page).getByRole("button", { name: "Use the camera" }).click();
  await expect(panel(page)).toContainText("Camera on", { timeout: 30_000 });
}

test.describe("with a camera", () => {
  test.use({ permissions: ["camera"] });

  test("its frames are predicted live until it is stopped, and the last one stays", async ({ page }) => {
    const tracks = await watchTracks(page);
    await openPredict(page);
    await startCamera(page);
    await expect(panel(page)).toContainText(/\d\.\d frames\/s/);
    const first = await pixels(page);
    await expect.poll(() => pixels(page)).not.toBe(first);
    expect(await tracks()).toEqual(["video live"]);
    await expectAccessible(page, "the camera");
    await panel(page).getByRole("button", { name: "Stop", exact: true }).click();
    await expect.poll(tracks).toEqual(["video ended"]);
    await expect(panel(page)).not.toContainText("Camera on");
    await expect(panel(page).getByRole("button", { name: "Show Camera" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
  });

  test("it stops when its panel closes, and when the page is hidden", async ({ page }) => {
    const tracks = await watchTracks(page);
    await openPredict(page);
    await startCamera(page);
    await page.getByRole("tab", { name: "Inspect" }).click();
    await expect.poll(tracks).toEqual(["video ended"]);
    await page.getByRole("tab", { name: "Predict" }).click();
    await startCamera(page);
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(tracks).toEqual(["video ended", "video ended"]);
    await expect(panel(page).getByRole("button", { name: "Use the camera" })).toBeVisible();
  });

  test("a picture that is chosen takes its place", async ({ page }) => {
    const tracks = await watchTracks(page);
    await openPredict(page);
    await startCamera(page);
    await panel(page).getByRole("button", { name: "Show Test image 3, Trouser" }).click();
    await expect.poll(tracks).toEqual(["video ended"]);
    await expect(panel(page)).toContainText("Labelled Trouser");
    const classes = page.getByRole("group", { name: "Predictions" }).getByRole("listitem");
    await expect(classes.first()).toContainText("Trouser");
  });

  test("an edit is predicted while it is on", async ({ page }) => {
    await openPredict(page);
    await startCamera(page);
    await page
      .getByRole("group", { name: "Stage 1", exact: true })
      .getByRole("button", { name: "Increase Depth of stage 1" })
      .click();
    await expect(panel(page)).toContainText("Partly pretrained");
    await expect(panel(page)).toContainText("Camera on");
  });
});

test("a camera that is refused says so, and the network goes on", async ({ page }) => {
  await openPredict(page);
  await panel(page).getByRole("button", { name: "Use the camera" }).click();
  await expect(panel(page).getByRole("alert")).toContainText("The camera was refused");
  await panel(page).getByRole("button", { name: "Show Test image 3, Trouser" }).click();
  await expect(panel(page)).toContainText("Labelled Trouser");
});

test.describe("without one", () => {
  for (const [name, sentence] of [
    ["NotFoundError", "No camera was found"],
    ["NotReadableError", "another program may be using it"],
  ] as const) {
    test(`the browser's ${name} gets a sentence`, async ({ page }) => {
      await page.addInitScript((reason) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no camera", reason));
      }, name);
      await openPredict(page);
      await panel(page).getByRole("button", { name: "Use the camera" }).click();
      await expect(panel(page).getByRole("alert")).toContainText(sentence);
      await expect(panel(page).getByRole("button", { name: "Use the camera" })).toBeEnabled();
    });
  }
});

/**
 * @file Pictures of every kind that a person may give, through the app: what the network saw of each.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, openApp, test } from "./app.ts";

const fixtures = join(import.meta.dirname, "../src/model/image/fixtures");
const panel = (page: Page) => page.getByRole("tabpanel", { name: "Predict" });
const notices = (page: Page) => page.getByRole("region", { name: "Notices" });

async function openPredict(page: Page): Promise<void> {
  await openApp(page);
  await expect(page.getByRole("group", { name: "Predictions" })).toContainText("Pretrained · Fashion-MNIST", {
    timeout: 60_000,
  });
  await page.getByRole("tab", { name: "Predict" }).click();
  await expect(panel(page)).toBeVisible();
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await panel(page).getByRole("button", { name: "Choose a picture" }).click();
  await (await choosing).setFiles({ name, mimeType: "", buffer });
}

/** What the network saw at a place, from 0 to 1: the nearest of a few colours. */
async function colourAt(page: Page, x: number, y: number): Promise<string> {
  const canvas = panel(page).getByRole("img", { name: /^What the network saw/ });
  const [red = 0, green = 0, blue = 0] = await canvas.evaluate(
    (element: HTMLCanvasElement, [left, top]) => {
      const { width, height } = element;
      const place = [Math.floor(left * width), Math.floor(top * height)] as const;
      return [...(element.getContext("2d")?.getImageData(...place, 1, 1).data ?? [])];
    },
    [x, y] as const,
  );
  if (red > 150 && blue < 100) return "red";
  if (blue > 150 && red < 100) return "blue";
  return red > 230 && green > 230 && blue > 230 ? "white" : `${red}, ${green}, ${blue}`;
}

/** Everything that the network saw. */
const seenBytes = (page: Page) =>
  panel(page)
    .getByRole("img", { name: /^What the network saw/ })
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

/** A JPEG, red above and blue below, that says how it is to be turned. */
async function turnedJpeg(page: Page, orientation: number): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = "red";
    context.fillRect(0, 0, 64, 32);
    context.fillStyle = "blue";
    context.fillRect(0, 32, 64, 32);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 1 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  // A TIFF header and one entry: tag 0x0112, orientation.
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const exif = [0xff, 0xe1, 0, tiff.length + 8, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Buffer.from([...bytes.slice(0, 2), ...exif, ...bytes.slice(2)]);
}

test("an SVG is drawn on white", async ({ page }) => {
  await openPredict(page);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="40" height="80" fill="red"/></svg>`;
  await choose(page, "half.svg", Buffer.from(svg));
  await expect.poll(() => colourAt(page, 0.25, 0.5)).toBe("red");
  expect(await colourAt(page, 0.75, 0.5)).toBe("white");
  await expect(panel(page).getByRole("button", { name: "Show half.svg" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
});

test("a photograph that lies on its side is turned upright", async ({ page }) => {
  await openPredict(page);
  await choose(page, "upside-down.jpg", await turnedJpeg(page, 3));
  await expect.poll(() => colourAt(page, 0.5, 0.2)).toBe("blue");
  expect(await colourAt(page, 0.5, 0.8)).toBe("red");
});

for (const file of ["grey-16-bit.png", "alpha-16-bit.png", "animated.gif", "lossy.avif", "one-pixel.png"]) {
  test(`${file} is shown`, async ({ page }) => {
    await openPredict(page);
    const before = await seenBytes(page);
    await choose(page, file, readFileSync(join(fixtures, file)));
    const button = panel(page).getByRole("button", { name: `Show ${file}` });
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect.poll(() => seenBytes(page)).not.toBe(before);
    await expect(notices(page)).not.toContainText("was not read");
  });
}

test("8000 x 8000 pixels are shown", async ({ page }) => {
  await openPredict(page);
  const before = await seenBytes(page);
  await choose(page, "huge.png", readFileSync(join(fixtures, "huge.png")));
  await expect.poll(() => seenBytes(page), { timeout: 60_000 }).not.toBe(before);
  await expect(panel(page).getByRole("button", { name: "Show huge.png" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(notices(page)).not.toContainText("was not read");
});

for (const [what, name, content] of [
  ["no picture at all", "holiday.png", "this is a text"],
  ["an SVG without a size that is broken", "broken.svg", "<svg xmlns='http://www.w3.org/2000/svg'><rect"],
  ["an empty file", "empty.jpg", ""],
] as const) {
  test(`${what} gets a sentence, and the picture before stays`, async ({ page }) => {
    await openPredict(page);
    await choose(page, name, Buffer.from(content));
    await expect(notices(page)).toContainText(`${name} was not read`);
    await expect(notices(page)).toContainText(/Choose a PNG|can't be drawn|is empty/);
    await expect(panel(page)).toContainText("Labelled Ankle boot");
    await expect(panel(page).getByRole("button", { name: `Show ${name}` })).toHaveCount(0);
  });
}

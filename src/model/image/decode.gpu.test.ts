import { afterEach, describe, expect, it, vi } from "vitest";
import { decodeImage } from "./decode.ts";
import { fixture } from "./fixtureFiles.testing.ts";
import formats from "./fixtures/formats.json" with { type: "json" };
import { ImageError } from "./imageError.ts";
import { compare, fromStored, part, same } from "./pictures.testing.ts";
import type { RgbImage } from "./transform.ts";

afterEach(() => vi.restoreAllMocks());

const svg = (text: string) => new Blob([text], { type: "image/svg+xml" });
const redHalf =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="10" height="10" fill="red"/></svg>';

describe.each(formats)("$file", (stored) => {
  it("gives Pillow's pixels on a page", async () => {
    expect(compare(await decodeImage(await fixture(stored.file)), fromStored(stored))).toEqual(same);
  });

  it("gives Pillow's pixels in a worker", async () => {
    const { image } = await inWorker(await fixture(stored.file));
    expect(image && compare(image, fromStored(stored))).toEqual(same);
  });
});

it.each(["swapped-profile.png", "swapped-profile.jpg"])(
  "would not pass on %s with the browser's colour conversion",
  async (file) => {
    const canvas = new OffscreenCanvas(16, 12);
    canvas.getContext("2d")?.drawImage(await createImageBitmap(await fixture(file)), 0, 0);
    const converted = await decodeImage(await canvas.convertToBlob());
    const plain = part(await decodeImage(await fixture(file)), 0, 0, 16, 12);
    expect(compare(converted, plain).largest).toBeGreaterThan(100);
  },
);

it.each([1, 2, 3, 4, 5, 6, 7, 8])("turns a JPEG with EXIF orientation %i upright", async (orientation) => {
  const file = await fixture("chroma-420.jpg");
  const stored = await decodeImage(file);
  const turned = await decodeImage(await withOrientation(file, orientation));
  expect(compare(turned, upright(stored, orientation))).toEqual(same);
});

it("reads a large picture with transparency tile by tile without losing a pixel", async () => {
  const [width, height] = [2500, 2100];
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    rgba.set([x % 256, y % 256, (x * 7 + y * 3) % 256, x < 2060 ? 255 : 254], i * 4);
  }
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  const { data } = await decodeImage(await canvas.convertToBlob());
  let wrong = 0;
  // Alpha 254 comes through the test's own canvas within one level; a misplaced tile would be far off.
  for (let i = 0; i < width * height; i++) {
    const tolerance = rgba[i * 4 + 3] === 255 ? 0 : 1;
    for (let c = 0; c < 3; c++) {
      if (Math.abs((data[i * 3 + c] ?? 0) - (rgba[i * 4 + c] ?? 0)) > tolerance) wrong++;
    }
  }
  expect(wrong).toBe(0);
});

it("decodes translucent pixels nearly right where there is no WebGL", async () => {
  const canvas = new OffscreenCanvas(2, 1);
  const context = canvas.getContext("2d");
  context?.putImageData(new ImageData(new Uint8ClampedArray([200, 100, 50, 128, 9, 8, 7, 255]), 2, 1), 0, 0);
  const file = await canvas.convertToBlob();
  const original = OffscreenCanvas.prototype.getContext;
  vi.spyOn(OffscreenCanvas.prototype, "getContext").mockImplementation(function (
    this: OffscreenCanvas,
    ...args: Parameters<typeof original>
  ) {
    return args[0].startsWith("webgl") ? null : original.apply(this, args);
  } as typeof original);
  const { data } = await decodeImage(file);
  expect(data.slice(3)).toEqual(new Uint8ClampedArray([9, 8, 7]));
  const expected = { width: 1, height: 1, data: new Uint8Array([200, 100, 50]) };
  expect(compare({ width: 1, height: 1, data: data.slice(0, 3) }, expected).largest).toBeLessThanOrEqual(1);
});

it.each([
  ["with its type", svg(redHalf)],
  ["without a type", new Blob([`<?xml version="1.0"?>\n<!-- drawn by hand -->\n${redHalf}`])],
])("draws an SVG %s on white at its own size", async (_, blob) => {
  const image = await decodeImage(blob);
  expect([image.width, image.height]).toEqual([20, 10]);
  expect(pixel(image, 5, 5)).toEqual([255, 0, 0]);
  expect(pixel(image, 15, 5)).toEqual([255, 255, 255]);
});

it("draws an SVG that has HTML in it", async () => {
  const html =
    '<p xmlns="http://www.w3.org/1999/xhtml" style="background: lime; margin: 0; height: 10px"></p>';
  const foreign = `<foreignObject width="10" height="10">${html}</foreignObject></svg>`;
  const image = await decodeImage(svg(redHalf.replace("</svg>", foreign)));
  expect(pixel(image, 5, 5)).toEqual([0, 255, 0]);
});

it("draws a huge SVG smaller", async () => {
  const image = await decodeImage(
    svg(redHalf.replace('width="20" height="10"', 'width="90000" height="45000"')),
  );
  expect([image.width, image.height]).toEqual([4096, 2048]);
});

it("takes a picture by its content, whatever its type says", async () => {
  const bytes = await (await fixture("grey.png")).arrayBuffer();
  for (const type of ["", "image/jpeg", "application/octet-stream"]) {
    expect((await decodeImage(new Blob([bytes], { type }))).width).toBe(16);
  }
});

describe("what can't be decoded", () => {
  it.each([
    ["an empty file", new Blob([], { type: "image/png" }), "empty", /is empty\. Choose a PNG/],
    [
      "garbage",
      new Blob([garbage(4000)], { type: "image/png" }),
      "undecodable",
      /can't be decoded.*SVG picture\.$/,
    ],
    ["text", new Blob(["a letter"], { type: "text/plain" }), "undecodable", /PNG, JPEG, WebP, AVIF, GIF/],
    ["a page", new Blob(["<!doctype html><p>no"], { type: "text/html" }), "undecodable", /can't be decoded/],
    ["a broken SVG", svg("<svg xmlns='http://www.w3.org/2000/svg'><rect"), "svg", /SVG can't be drawn/],
    ["an SVG of no size", svg(redHalf.replace('"20"', '"0"')), "svg", /Give it a width and a height/],
  ] as const)("gets a sentence: %s", async (_, blob, kind, message) => {
    const error = await decodeImage(blob).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ImageError);
    expect(error).toMatchObject({ name: "ImageError", kind, message: expect.stringMatching(message) });
  });

  it.each(["coffee.png", "rocket.jpg", "lossy.webp", "lossy.avif", "animated.gif"])(
    "gets a sentence: %s, cut off in its header or half way",
    async (file) => {
      const whole = await fixture(file);
      for (const end of [24, Math.floor(whole.size / 2)]) {
        await expect(decodeImage(whole.slice(0, end))).rejects.toMatchObject({ kind: "undecodable" });
      }
    },
  );

  it("says in a worker what a worker can't do", async () => {
    expect(await inWorker(svg(redHalf))).toEqual({ error: "svg-needs-page" });
    expect(await inWorker(new Blob([]))).toEqual({ error: "empty" });
    expect(await inWorker(new Blob([garbage(999)]))).toEqual({ error: "undecodable" });
  });
});

function pixel({ width, data }: RgbImage, x: number, y: number): number[] {
  return [...data.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

function garbage(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 2654435761) >>> 24);
}

function inWorker(blob: Blob): Promise<{ image?: RgbImage; error?: string }> {
  const worker = new Worker(new URL("./fixtures/decodeWorker.ts", import.meta.url), { type: "module" });
  return new Promise<{ image?: RgbImage; error?: string }>((resolve, reject) => {
    worker.addEventListener("message", (event) => resolve(event.data));
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.postMessage(blob);
  }).finally(() => worker.terminate());
}

/** `jpeg` with an EXIF segment after its first marker that holds nothing but the orientation. */
async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
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
    0x01,
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
  const bytes = await jpeg.arrayBuffer();
  return new Blob([bytes.slice(0, 2), new Uint8Array(exif), bytes.slice(2)], { type: "image/jpeg" });
}

/** What a person sees of a picture that was stored with `orientation`, by the definition in the EXIF standard. */
function upright(stored: RgbImage, orientation: number): RgbImage {
  const turned = orientation >= 5;
  const width = turned ? stored.height : stored.width;
  const height = turned ? stored.width : stored.height;
  const [right, bottom] = [stored.width - 1, stored.height - 1];
  const source = (x: number, y: number): readonly [number, number] => {
    const places = [
      [x, y],
      [right - x, y],
      [right - x, bottom - y],
      [x, bottom - y],
      [y, x],
      [y, bottom - x],
      [right - y, bottom - x],
      [right - y, x],
    ] as const;
    return places[orientation - 1] ?? [x, y];
  };
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(pixel(stored, ...source(x, y)), (y * width + x) * 3);
  }
  return { width, height, data };
}

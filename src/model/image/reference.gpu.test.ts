import { describe, expect, it } from "vitest";
import { decodeImage } from "./decode.ts";
import { fixture } from "./fixtureFiles.testing.ts";
import pairs from "./fixtures/preprocess.json" with { type: "json" };
import { compare, part, same } from "./pictures.testing.ts";
import { cutTile } from "./tiles.ts";
import { evaluationCrop, type RgbImage } from "./transform.ts";

const picture = async (name: string) => decodeImage(await fixture(name));

describe.each(pairs)("$input at $image_size, crop $crop_pct", (pair) => {
  const preprocessing = { imageSize: pair.image_size, cropPct: pair.crop_pct };
  const [width = 0, height = 0] = pair.resized_to;

  it("is decoded, resized and cropped to the reference's pixels", async () => {
    const crop = evaluationCrop(await picture(pair.input), preprocessing);
    const expected = await picture(pair.expected);
    expect(meanLevels(expected)).toEqual(pair.mean_rgb.map((mean) => expect.closeTo(mean, 9)));
    const { differing, largest } = compare(crop, expected);
    expect(largest).toBeLessThanOrEqual(1);
    // In Chromium not one value differs. A JPEG decoder may round in another way, so only the rest is held to it.
    if (pair.input.endsWith(".png")) expect(differing).toBe(0);
  });

  it("would not pass with a resize that skips pixels, unless the picture is enlarged", async () => {
    const image = await picture(pair.input);
    const wrong = centre(resizeWithoutAntialias(image, width, height), pair.image_size);
    const { largest } = compare(wrong, await picture(pair.expected));
    if (width > image.width) expect(largest).toBeLessThanOrEqual(1);
    else expect(largest).toBeGreaterThan(1);
  });

  it("would not pass with a canvas's resize", async () => {
    const bitmap = await createImageBitmap(await fixture(pair.input), {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: "high",
    });
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    const wrong = centre(await decodeImage(await canvas.convertToBlob()), pair.image_size);
    expect(compare(wrong, await picture(pair.expected)).largest).toBeGreaterThan(1);
  });
});

it("prepares the bundled network's test images: tiles of a sprite, resized without a crop", async () => {
  const sprite = await picture("sprite.png");
  const expected = await picture("sprite.expected_0_39_40_79.png");
  for (const [place, index] of [0, 39, 40, 79].entries()) {
    const tile = cutTile(sprite, 28, 40, index);
    const input = evaluationCrop(tile, { imageSize: 64, cropPct: 1 });
    expect(compare(input, part(expected, place * 64, 0, 64, 64))).toEqual(same);
  }
});

it("crops 8000 x 8000 pixels exactly", async () => {
  const image = await picture("huge.png");
  expect([image.width, image.height]).toEqual([8000, 8000]);
  const crop = evaluationCrop(image, { imageSize: 224, cropPct: 0.875 });
  expect(compare(crop, await picture("huge.expected_224_0.875.png"))).toEqual(same);
});

function meanLevels({ width, height, data }: RgbImage): number[] {
  const sums = [0, 0, 0];
  for (const [i, level] of data.entries()) sums[i % 3] = (sums[i % 3] ?? 0) + level;
  return sums.map((sum) => sum / (width * height));
}

/** The middle of a picture whose margins are even or round down, as those of all the pairs are. */
function centre(image: RgbImage, size: number): RgbImage {
  const margin = (length: number) => 2 * Math.round((length - size) / 4);
  const offset = (length: number) => ((length - size) % 2 === 0 ? (length - size) / 2 : margin(length));
  return part(image, offset(image.width), offset(image.height), size, size);
}

/** The resize that must be told apart: bicubic on the four nearest pixels of each axis, whatever lies between. */
function resizeWithoutAntialias(image: RgbImage, width: number, height: number): RgbImage {
  const taps = (inSize: number, outSize: number) =>
    Array.from({ length: outSize }, (_, i) => {
      const at = ((i + 0.5) * inSize) / outSize - 0.5;
      const low = Math.floor(at);
      return [-1, 0, 1, 2].map((step) => ({
        from: Math.min(Math.max(low + step, 0), inSize - 1),
        weight: cubic(at - low - step),
      }));
    });
  const across = taps(image.width, width);
  const data = taps(image.height, height).flatMap((rows) =>
    across.flatMap((columns) =>
      [0, 1, 2].map((c) => {
        let sum = 0;
        for (const y of rows) {
          for (const x of columns) {
            sum += (image.data[(y.from * image.width + x.from) * 3 + c] ?? 0) * y.weight * x.weight;
          }
        }
        return sum;
      }),
    ),
  );
  return { width, height, data: Uint8ClampedArray.from(data) };
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  return x < 1 ? 1.5 * x ** 3 - 2.5 * x ** 2 + 1 : -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2;
}

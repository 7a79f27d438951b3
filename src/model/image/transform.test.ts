import fc from "fast-check";
import { describe, expect, it } from "vitest";
import pillow from "./fixtures/pillow.json" with { type: "json" };
import { compare, fromStored, part, same } from "./pictures.testing.ts";
import {
  evaluationCrop,
  imagenetPreprocessing,
  normalise,
  type RgbImage,
  resizeBicubic,
  squash,
} from "./transform.ts";

const side = fc.integer({ min: 1, max: 24 });
const picture = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((data): RgbImage => ({ width, height, data })),
  );

describe("resizeBicubic", () => {
  it.each(pillow.resize.map((pair) => ({ ...pair, title: title(pair) })))(
    "gives Pillow's bytes for $title",
    ({ input, expected }) => {
      const resized = resizeBicubic(fromStored(input), expected.width, expected.height);
      expect(compare(resized, fromStored(expected))).toEqual(same);
    },
  );

  it("leaves a picture of the same size as it is", () => {
    fc.assert(
      fc.property(picture, (image) => {
        expect(compare(resizeBicubic(image, image.width, image.height), image)).toEqual(same);
      }),
    );
  });

  it("keeps one colour everywhere at every size", () => {
    const level = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(side, side, side, side, level, (width, height, toWidth, toHeight, value) => {
        const flat = { width, height, data: new Uint8Array(width * height * 3).fill(value) };
        expect(new Set(resizeBicubic(flat, toWidth, toHeight).data)).toEqual(new Set([value]));
      }),
    );
  });

  it("overshoots an edge by no more than the filter's negative lobes allow", () => {
    fc.assert(
      fc.property(picture, side, side, (image, width, height) => {
        // The weights' sizes add up to at most 1.25 along one axis (at scale 1) and so to 1.25 squared along two.
        const data = image.data.map((value) => 96 + (value % 65));
        const levels = resizeBicubic({ ...image, data }, width, height).data;
        expect(Math.min(...levels)).toBeGreaterThanOrEqual(128 - 32 * 1.25 ** 2 - 1);
        expect(Math.max(...levels)).toBeLessThanOrEqual(128 + 32 * 1.25 ** 2 + 1);
      }),
    );
  });

  it("refuses sizes that are not whole or below 1", () => {
    const image = { width: 1, height: 1, data: new Uint8Array(3) };
    expect(() => resizeBicubic(image, 0, 4)).toThrow(RangeError);
    expect(() => resizeBicubic(image, 4, 2.5)).toThrow("whole sizes");
  });
});

describe("evaluationCrop", () => {
  it.each(pillow.crop.map((pair) => ({ ...pair, title: title(pair) })))(
    "gives torchvision's bytes for $title, crop $cropPct",
    ({ input, expected, ...preprocessing }) => {
      expect(compare(evaluationCrop(fromStored(input), preprocessing), fromStored(expected))).toEqual(same);
    },
  );

  it("computes of the resized picture just what a crop of all of it would keep", () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 4, max: 20 }), (image, imageSize) => {
        const [shorter, longer] = [imageSize, Math.trunc((imageSize * long(image)) / short(image))];
        const upright = image.width <= image.height;
        const whole = resizeBicubic(image, upright ? shorter : longer, upright ? longer : shorter);
        const gap = (longer - imageSize) / 2;
        const offset = gap % 1 === 0.5 ? 2 * Math.round(gap / 2) : gap;
        const kept = part(whole, upright ? 0 : offset, upright ? offset : 0, imageSize, imageSize);
        expect(compare(evaluationCrop(image, { imageSize, cropPct: 1 }), kept)).toEqual(same);
      }),
    );
  });

  it("does not compute the far ends of a very long picture", () => {
    // Resized as a whole it would be 224 x 67,200,000 pixels: 45 GB.
    const strip = { width: 1, height: 300_000, data: new Uint8Array(900_000).fill(90) };
    const { width, height, data } = evaluationCrop(strip, { imageSize: 224, cropPct: 1 });
    expect([width, height, new Set(data)]).toEqual([224, 224, new Set([90])]);
  });

  it("refuses a crop that leaves no pixel", () => {
    const image = { width: 2, height: 2, data: new Uint8Array(12) };
    expect(() => evaluationCrop(image, { imageSize: 8, cropPct: 20 })).toThrow(RangeError);
  });
});

describe("squash", () => {
  it("interpolates between pixel centres and holds the edges", () => {
    const image = { width: 2, height: 1, data: new Uint8Array([0, 40, 80, 100, 40, 0]) };
    const row = [0, 40, 80, 25, 40, 60, 75, 40, 20, 100, 40, 0];
    expect([...squash(image, 4).data]).toEqual([...row, ...row, ...row, ...row]);
  });

  it("does not look at the pixels between when it shrinks", () => {
    const levels = [10, 0, 0, 0, 21, 0, 0, 0, 50];
    const image = { width: 9, height: 1, data: new Uint8Array(levels.flatMap((v) => [v, v, v])) };
    expect([...squash(image, 3).data.subarray(0, 9)]).toEqual([0, 0, 0, 21, 21, 21, 0, 0, 0]);
  });
});

describe("normalise", () => {
  it("gives channels last, by channel, in float32", () => {
    const image = { width: 1, height: 1, data: new Uint8Array([0, 128, 255]) };
    // (0 - 0.485) / 0.229, (128 / 255 - 0.456) / 0.224, (1 - 0.406) / 0.225.
    expect([...normalise(image, imagenetPreprocessing(1, 1))]).toEqual([
      expect.closeTo(-2.1179039, 6),
      expect.closeTo(0.2051822, 6),
      expect.closeTo(2.64, 6),
    ]);
  });

  it("keeps the fractions of a squashed picture", () => {
    const image = { width: 1, height: 1, data: new Float32Array([0.5, 127.25, 254.5]) };
    const values = normalise(image, { imageSize: 1, cropPct: 1, mean: [0, 0, 0], std: [1, 1, 1] });
    expect([...values]).toEqual([0.5, 127.25, 254.5].map((value) => Math.fround(value / 255)));
  });

  it("refuses a picture that is not the network's size", () => {
    const image = { width: 2, height: 1, data: new Uint8Array(6) };
    expect(() => normalise(image, imagenetPreprocessing(2, 1))).toThrow("2 x 2 pixels, not 2 x 1");
  });
});

const short = (image: RgbImage) => Math.min(image.width, image.height);
const long = (image: RgbImage) => Math.max(image.width, image.height);

interface Sized {
  readonly width: number;
  readonly height: number;
}

function title({ input, expected }: { readonly input: Sized; readonly expected: Sized }): string {
  return `${input.width} x ${input.height} to ${expected.width} x ${expected.height}`;
}

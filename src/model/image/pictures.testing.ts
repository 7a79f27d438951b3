/**
 * @file What the tests of this folder share: pictures from text, and how far two pictures are apart.
 */
import type { RgbImage } from "./transform.ts";

/** A picture in a fixture: its RGB bytes in base64. */
interface StoredPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: string;
}

/** The picture that a fixture holds. */
export function fromStored({ width, height, rgb }: StoredPicture): RgbImage {
  return { width, height, data: Uint8Array.from(atob(rgb), (character) => character.charCodeAt(0)) };
}

/** Sizes, the number of differing values and the largest difference; throws where the sizes differ. */
export function compare(actual: RgbImage, expected: RgbImage) {
  const size = (image: RgbImage) => `${image.width} x ${image.height} (${image.data.length} values)`;
  if (size(actual) !== size(expected)) throw new Error(`Is ${size(actual)}, should be ${size(expected)}.`);
  let differing = 0;
  let largest = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const difference = Math.abs((actual.data[i] ?? 0) - (expected.data[i] ?? 0));
    if (difference > 0) differing++;
    largest = Math.max(largest, difference);
  }
  return { differing, largest };
}

/** What `compare` gives for equal pictures. */
export const same = { differing: 0, largest: 0 };

/** The part of `image` at `left`, `top`. */
export function part(image: RgbImage, left: number, top: number, width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}

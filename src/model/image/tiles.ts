/**
 * @file Cuts one picture out of a sprite: the bundled test images are a single PNG of equal square tiles.
 */
import type { RgbImage } from "./transform.ts";

/**
 * Tile number `index` (from 0, row by row) of a sprite with `columns` square tiles of `tile` pixels a row.
 * Throws RangeError where the sprite has no such tile.
 */
export function cutTile(sprite: RgbImage, tile: number, columns: number, index: number): RgbImage {
  const left = (index % columns) * tile;
  const top = Math.floor(index / columns) * tile;
  if (index < 0 || left + tile > sprite.width || top + tile > sprite.height) {
    throw new RangeError(
      `The sprite of ${sprite.width} x ${sprite.height} pixels has no tile ${index} of ${tile} pixels, ${columns} a row.`,
    );
  }
  const data = new Uint8ClampedArray(tile * tile * 3);
  for (let y = 0; y < tile; y++) {
    const start = ((top + y) * sprite.width + left) * 3;
    data.set(sprite.data.subarray(start, start + tile * 3), y * tile * 3);
  }
  return { width: tile, height: tile, data };
}

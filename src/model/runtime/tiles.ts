/**
 * @file Which tile a matrix product is computed with.
 *
 * It depends on the number of rows alone, so that an edit of dims, ratios or depths never needs another pipeline.
 */
import type { Dispatch } from "../kernels/kernel.ts";
import type { Epilogue, MatmulSizes } from "../kernels/matmul.ts";
import { dispatchMatmulRegisters } from "../kernels/matmulRegisters.ts";
import { dispatchMatmulWorkgroup } from "../kernels/matmulWorkgroup.ts";

export interface Tile {
  readonly family: "registers" | "workgroup";
  /** Output pixels of a thread. */
  readonly rows: number;
  /** Vectors of four output channels of a thread. */
  readonly columns: number;
}

/** `few` rows are those of a head; a map has `many`. */
export type Tiles = Readonly<Record<"few" | "many", Tile>>;

/** Rows up to which a product counts as one of vectors: larger tiles would compute rows that are not there. */
const fewRows = 4;

/** Good everywhere and quick to compile. */
export const defaultTiles: Tiles = {
  few: { family: "registers", rows: 1, columns: 1 },
  many: { family: "registers", rows: 8, columns: 2 },
};

export function dispatchMatmul(tiles: Tiles, epilogue: Epilogue, sizes: MatmulSizes): Dispatch {
  const { batch, height, width, patch } = sizes;
  const rows = batch * Math.floor(height / patch) * Math.floor(width / patch);
  const tile = rows <= fewRows ? tiles.few : tiles.many;
  const dispatch = tile.family === "registers" ? dispatchMatmulRegisters : dispatchMatmulWorkgroup;
  return dispatch(tile, epilogue, sizes);
}

/**
 * @file Which tile a matrix product is computed with.
 *
 * It depends on the number of rows alone, so that an edit of dims, ratios or depths never needs another pipeline.
 */
import type { Dispatch } from "../kernels/kernel.ts";
import type { Epilogue, MatmulSizes } from "../kernels/matmul.ts";
import { dispatchMatmulRegisters } from "../kernels/matmulRegisters.ts";
import { dispatchMatmulSubgroups } from "../kernels/matmulSubgroups.ts";
import { dispatchMatmulWorkgroup } from "../kernels/matmulWorkgroup.ts";

export interface ThreadTile {
  readonly family: "registers" | "workgroup";
  /** Output pixels of a thread. */
  readonly rows: number;
  /** Vectors of four output channels of a thread. */
  readonly columns: number;
}

export type Tile = ThreadTile | { readonly family: "subgroups" };

/** Classes of products by rows: `few` are those of a head, `some` a small map, `many` a large one or a batch. */
export type RowClass = "few" | "some" | "many";

export type Tiles = Readonly<Record<RowClass, Tile>>;

/** Rows up to which a product belongs to the class. Large tiles would compute many rows that are not there. */
const mostRows = { few: 4, some: 256 } as const;

const wide: ThreadTile = { family: "registers", rows: 8, columns: 2 };

/** Good everywhere and quick to compile. */
export const defaultTiles: Tiles = {
  few: { family: "registers", rows: 1, columns: 1 },
  some: wide,
  many: wide,
};

export function dispatchMatmul(tiles: Tiles, epilogue: Epilogue, sizes: MatmulSizes): Dispatch {
  const { batch, height, width, patch } = sizes;
  const tile = tiles[classOf(batch * Math.floor(height / patch) * Math.floor(width / patch))];
  switch (tile.family) {
    case "registers":
      return dispatchMatmulRegisters(tile, epilogue, sizes);
    case "workgroup":
      return dispatchMatmulWorkgroup(tile, epilogue, sizes);
    case "subgroups":
      return dispatchMatmulSubgroups(epilogue, sizes);
    default:
      return tile satisfies never;
  }
}

function classOf(rows: number): RowClass {
  if (rows <= mostRows.few) return "few";
  return rows <= mostRows.some ? "some" : "many";
}

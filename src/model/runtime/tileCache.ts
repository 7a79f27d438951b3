/** @file Keeps the tiles that were found fastest for an adapter, in the browser's Cache Storage where that exists. */
import { z } from "zod";
import type { Tiles } from "./tiles.ts";

/** Changes with the candidates and with the kernels, so that what is kept never refers to others. */
const cacheName = "tiles-1";

const tile = z.object({
  family: z.enum(["registers", "workgroup"]),
  rows: z.number().int().positive().max(16),
  columns: z.number().int().positive().max(4),
});
const tiles = z.object({ few: tile, some: tile, many: tile });

/** Undefined where none are kept, or nothing can be. */
export async function cachedTiles(adapter: string): Promise<Tiles | undefined> {
  try {
    const response = await (await caches.open(cacheName)).match(addressOf(adapter));
    return response ? tiles.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

/** Where nothing can be kept, nothing is. */
export async function cacheTiles(adapter: string, chosen: Tiles): Promise<void> {
  try {
    await (await caches.open(cacheName)).put(addressOf(adapter), Response.json(chosen));
  } catch {
    // Private windows and full disks: the next start measures again.
  }
}

function addressOf(adapter: string): string {
  return `https://tiles.invalid/${encodeURIComponent(adapter)}`;
}

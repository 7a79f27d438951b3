/**
 * @file A short benchmark of tiles on the present device.
 *
 * On a software adapter it is not worth running: tiles in workgroup memory are three times slower there, and larger register
 * tiles 5 to 8 % faster for several seconds of compiling. A real GPU may prefer any of them.
 */
import { vectors } from "../kernels/kernel.ts";
import type { MatmulSizes } from "../kernels/matmul.ts";
import { type FusedDevice, FusedNetwork } from "./fused.ts";
import { type Command, Recording } from "./recording.ts";
import type { RunnableNetwork } from "./runnable.ts";
import { cachedTiles, cacheTiles } from "./tileCache.ts";
import { defaultTiles, dispatchMatmul, type RowClass, type Tile, type Tiles } from "./tiles.ts";

/** Tiles to choose from, the default among them. */
const candidateTiles: readonly Tile[] = [
  { family: "registers", rows: 8, columns: 2 },
  { family: "registers", rows: 4, columns: 1 },
  { family: "registers", rows: 16, columns: 2 },
  { family: "workgroup", rows: 4, columns: 1 },
  { family: "workgroup", rows: 8, columns: 1 },
];

/** A product of each class that is chosen for: tiny's last stage and its first. */
const products = {
  some: { rows: 49, inputs: 768, outputs: 3072 },
  many: { rows: 3136, inputs: 96, outputs: 384 },
} as const;

/** A tile has to save this share of the default's time to be worth compiling. */
const worthwhile = 0.9;
/** Milliseconds of work that one timing should see. */
const timedMs = 15;
const mostRepeats = 40;
const timings = 3;

/**
 * Takes up the tiles that are kept for the adapter, or finds them and keeps them. Networks that stand are compiled for them
 * first.
 */
export async function tune(
  device: FusedDevice,
  adapter: string,
  inTurn: <T>(job: () => Promise<T>) => Promise<T>,
  present: () => RunnableNetwork | undefined,
): Promise<void> {
  const kept = await cachedTiles(adapter);
  const tiles = kept ?? (await fastestTiles(device, candidateTiles, inTurn));
  if (!tiles) return;
  if (!kept) await cacheTiles(adapter, tiles);
  const network = present();
  if (network instanceof FusedNetwork) await network.compile(tiles);
  device.tiles = tiles;
}

/** What of a device the benchmark needs. */
type Bench = Pick<FusedDevice, "device" | "pipelines">;

/**
 * The fastest tiles; undefined where nothing could be timed. Each timing is a short job that `inTurn` runs when nothing else does; compiling goes on beside.
 */
export async function fastestTiles(
  bench: Bench,
  candidates: readonly Tile[],
  inTurn: <T>(job: () => Promise<T>) => Promise<T>,
): Promise<Tiles | undefined> {
  const chosen: Record<RowClass, Tile> = { ...defaultTiles };
  for (const rowClass of ["some", "many"] as const) {
    let best = Number.POSITIVE_INFINITY;
    for (const tile of candidates) {
      const ms = await timeTile(bench, rowClass, tile, inTurn);
      const isDefault = JSON.stringify(tile) === JSON.stringify(defaultTiles[rowClass]);
      if (ms >= (isDefault ? best : worthwhile * best)) continue;
      best = ms;
      chosen[rowClass] = tile;
    }
    if (best === Number.POSITIVE_INFINITY) return undefined;
  }
  return chosen;
}

/** Milliseconds of one product; infinite where the device does not compile it. */
async function timeTile(
  { device, pipelines }: Bench,
  rowClass: keyof typeof products,
  tile: Tile,
  inTurn: <T>(job: () => Promise<T>) => Promise<T>,
): Promise<number> {
  const { rows, inputs, outputs } = products[rowClass];
  const sizes: MatmulSizes = { batch: rows, height: 1, width: 1, inputs, outputs, patch: 1, epsilon: 0 };
  const epilogue = { layerNorm: false, gelu: true, residual: false, relu: false };
  const dispatch = dispatchMatmul({ ...defaultTiles, [rowClass]: tile }, epilogue, sizes);
  const [x, weights] = [rows * vectors(inputs), inputs * vectors(outputs)];
  const buffers = [rows * vectors(outputs), x, weights, vectors(outputs)].map((length) =>
    device.createBuffer({ size: 16 * length, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC }),
  );
  const [source] = buffers;
  if (!source) return Number.POSITIVE_INFINITY;
  const record = (repeats: number) => {
    const command: Command = { dispatch, buffers, work: 0 };
    return Recording.make(device, pipelines, new Array<Command>(repeats).fill(command), {
      source,
      bytes: 16,
    });
  };
  const time = (recording: Recording) =>
    inTurn(async () => {
      const start = performance.now();
      recording.submit();
      await recording.read();
      return performance.now() - start;
    });
  try {
    const once = await record(1);
    await time(once);
    const repeats = Math.min(mostRepeats, Math.ceil(timedMs / Math.max(await time(once), 0.1)));
    once.dispose();
    const repeated = await record(repeats);
    let best = Number.POSITIVE_INFINITY;
    for (let timing = 0; timing < timings; timing++) best = Math.min(best, await time(repeated));
    repeated.dispose();
    return best / repeats;
  } catch {
    // A tile that this device does not compile is none to choose.
    return Number.POSITIVE_INFINITY;
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}

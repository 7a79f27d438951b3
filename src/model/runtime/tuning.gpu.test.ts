import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { startBackend } from "./backends.ts";
import { type NetworkDevice, networkDevice, prepareNetwork } from "./build.ts";
import { cachedTiles, cacheTiles } from "./tileCache.ts";
import { defaultTiles, type Tile, type Tiles } from "./tiles.ts";
import { fastestTiles, tune } from "./tuning.ts";

const small: Tile = { family: "registers", rows: 2, columns: 1 };
const impossible: Tile = { family: "workgroup", rows: 4096, columns: 16 };

async function fusedDevice(): Promise<NetworkDevice & { fused: NonNullable<NetworkDevice["fused"]> }> {
  const { check } = await startBackend("webgpu", () => {});
  check();
  const device = networkDevice();
  if (!device.fused) throw new Error("not on webgpu");
  return { ...device, fused: device.fused };
}

it("chooses among the tiles that the device compiles, one timing at a time", async () => {
  const { fused } = await fusedDevice();
  let running = 0;
  const tiles = await fastestTiles(fused, [impossible, small, defaultTiles.many], async (job) => {
    running += 1;
    expect(running).toBe(1);
    const result = await job();
    running -= 1;
    return result;
  });
  expect([small, defaultTiles.many]).toContainEqual(tiles?.many);
  expect([small, defaultTiles.some]).toContainEqual(tiles?.some);
  expect(tiles?.few).toEqual(defaultTiles.few);
  expect(await fastestTiles(fused, [impossible], (job) => job())).toBeUndefined();
});

it("takes up kept tiles while a network stands, to the same logits", async () => {
  const device = await fusedDevice();
  const chosen: Tiles = { few: small, some: small, many: { ...small, rows: 4 } };
  await cacheTiles("a test's adapter", chosen);
  expect(await cachedTiles("a test's adapter")).toEqual(chosen);
  expect(await cachedTiles("another adapter")).toBeUndefined();

  const graph = lower({ ...presetOf("inceptionnext_atto").architecture, imageSize: 32 });
  const { network } = (await prepareNetwork(graph, device)).build(seededWeights(graph));
  const pixels = seededInput(32, 1);
  const before = await network.run(pixels, 1);
  const { size } = device.fused.pipelines;
  await tune(
    device.fused,
    "a test's adapter",
    () => Promise.reject(new Error("nothing is timed")),
    () => network,
  );
  expect(device.fused.tiles).toEqual(chosen);
  const compiled = device.fused.pipelines.size;
  expect(compiled).toBeGreaterThan(size);
  const after = await network.run(pixels, 1);
  expect(device.fused.pipelines.size).toBe(compiled);
  for (const [index, value] of before.entries()) expect(after[index]).toBeCloseTo(value, 4);
});

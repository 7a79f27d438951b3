import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { deviationsApart } from "../graph/difference.ts";
import { lower } from "../graph/lower.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { toChannelsLast } from "./axisOrder.ts";
import { startBackend } from "./backends.ts";
import { memoryInUse, networkDevice, prepareNetwork } from "./build.ts";
import type { FusedDevice } from "./fused.ts";
import type { KernelChoice } from "./runnable.ts";
import { checkVariant, variantOf, variantsWith } from "./variants.ts";

const graph = lower({ ...presetOf("inceptionnext_atto").architecture, imageSize: 64 });
const weights = seededWeights(graph);
const pixels = toChannelsLast(seededInput(64, 2), [2, 3, 64, 64]);

async function start() {
  const { check } = await startBackend("webgpu", () => {});
  const device = networkDevice();
  if (!device.fused) throw new Error("not on webgpu");
  const logits = async (kernels: KernelChoice) => {
    const { network } = (await prepareNetwork(graph, device, kernels)).build(weights);
    const { bytes } = memoryInUse(device);
    const values = await network.run(pixels, 2);
    expect(network.kernels).toBe(kernels);
    network.dispose();
    check();
    return { values, bytes };
  };
  return { device, fused: device.fused, logits };
}

it("runs atto on halves, within what they can hold, in half the weight memory", async () => {
  const { logits } = await start();
  const [exact, halves] = [await logits("fused"), await logits("fused-f16")];
  const difference = deviationsApart(halves.values, exact.values);
  expect(difference).toBeLessThan(0.02);
  expect(difference).toBeGreaterThan(1e-5);
  expect(halves.bytes).toBeLessThan(0.55 * exact.bytes);
});

it("shares heads out among subgroups, with the same logits", async ({ skip }) => {
  const { fused, logits } = await start();
  skip(!fused.device.features.has("subgroups"), "The adapter has no subgroups.");
  const [exact, shared] = [await logits("fused"), await logits("fused-subgroups")];
  const difference = deviationsApart(shared.values, exact.values);
  expect(difference).toBeLessThan(1e-5);
  // The same sums in another order: were it the same program, there would be no difference at all.
  expect(difference).toBeGreaterThan(0);
});

it("refuses subgroups where there are none", async () => {
  const { fused } = await start();
  const features = new Set() as unknown as GPUSupportedFeatures;
  const without: FusedDevice = { ...fused, device: { features } as GPUDevice };
  expect(variantsWith(features)).toEqual(["fused-f16"]);
  await expect(variantOf(without, "fused-subgroups")).rejects.toMatchObject({
    name: "unavailable",
    message: expect.stringContaining("no subgroups"),
  });
});

it("refuses a variant that computes something else", async () => {
  const { fused, device } = await start();
  const halves = await variantOf(fused, "fused-f16");
  const before = memoryInUse(device).bytes;
  await expect(checkVariant(fused, halves, 1e-9)).rejects.toMatchObject({
    name: "unavailable",
    message: expect.stringMatching(/fused-f16 does not compute .* standard deviations off/),
  });
  expect(memoryInUse(device).bytes).toBe(before);
});

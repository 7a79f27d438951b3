/** @file What an edit costs: nothing is compiled for it, little is uploaded, and memory does not grow. `npm run bench:edits` times it. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { type Architecture, parseArchitecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { startBackend } from "../runtime/backends.ts";
import { type NetworkDevice, networkDevice, prepareNetwork } from "../runtime/build.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { NetworkEngine } from "./engine.ts";
import facts from "./fixtures/bundledFacts.json" with { type: "json" };

const bundled = architectureOf(facts.architecture);

/** Depth, ratio, branches, MLP ratio, dims, kernel sizes, mixers. */
const edits: readonly (readonly [path: string, value: unknown])[] = [
  ["stages[2].depth", 3],
  ["stages[0].depth", 1],
  ["stages[*].tokenMixer.branchRatio", 0.125],
  ["stages[*].tokenMixer.branchRatio", 0.2],
  ["stages[1].tokenMixer.branches", { square: true, bandW: false, bandH: true }],
  ["stages[*].tokenMixer.branches", { square: false, bandW: false, bandH: false }],
  ["stages[1].mlpRatio", 2],
  ["stages[3].mlpRatio", 2.5],
  ["stages[0].dim", 24],
  ["stages[3].dim", 100],
  ["stages[*].tokenMixer.bandKernelSize", 7],
  ["stages[2].tokenMixer.bandKernelSize", 13],
  ["stages[*].tokenMixer.squareKernelSize", 5],
  ["stages[1].tokenMixer", { kind: "depthwise", kernelSize: 7, convRatio: 1 }],
  ["stages[1].tokenMixer", { kind: "identity" }],
  ["stages[2].dim", 90],
];

function architectureOf(value: unknown): Architecture {
  const parsed = parseArchitecture(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

function edited(path: string, value: unknown): Architecture {
  const result = editByPath(bundled, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

describe("an edit", () => {
  const engine = new NetworkEngine();
  const size = bundled.imageSize;
  const batch = { data: seededInput(size, 1), shape: [1, 3, size, size] } as const;
  const build = async (architecture: Architecture) => {
    const result = await engine.build(architecture);
    if (result.kind !== "built") throw new Error("superseded");
    return result.report;
  };
  beforeAll(async () => {
    await engine.start("webgpu", { site: new URL("/", document.baseURI).href });
    await engine.loadWeights({ kind: "manifest", id: facts.id, allowLarge: false });
    await build(bundled);
    await engine.run({ batch, features: [] });
  });

  it.each(edits)("of %s to %j compiles nothing", async (path, value) => {
    const { compiled, kernels } = await build(edited(path, value));
    await engine.run({ batch, features: [] });
    expect({ compiled, kernels }).toEqual({ compiled: 0, kernels: "fused" });
  });

  it("uploads what it changed and nothing else", async () => {
    await build(bundled);
    const { uploaded, reused } = await build(edited("stages[1].tokenMixer.bandKernelSize", 7));
    expect(uploaded).toBe(bundled.stages[1].depth);
    expect(reused).toBeGreaterThan(20);
    const again = await build(edited("stages[1].tokenMixer.bandKernelSize", 7));
    expect(again.uploaded).toBe(0);
  });
});

describe("memory", () => {
  it("is bounded by the largest network's need, however many were built", async () => {
    await startBackend("webgpu", () => {});
    const live = countBuffers();
    const variants = [bundled, ...edits.map(([path, value]) => edited(path, value))];
    const need = async (architecture: Architecture, device: NetworkDevice) => {
      const graph = lower(architecture);
      const { build } = await prepareNetwork(graph, device);
      const { network } = build(seededWeights(graph));
      const { imageSize, inChannels } = architecture;
      await network.run(seededInput(imageSize, 1, inChannels), 1);
      return network;
    };
    let largest = 0;
    for (const architecture of variants) {
      const device = networkDevice();
      const before = live();
      const network = await need(architecture, device);
      largest = Math.max(largest, live() - before);
      network.dispose();
      device.fused?.arena.dispose();
      expect(live()).toBe(before);
    }
    const device = networkDevice();
    const before = live();
    let network = await need(bundled, device);
    for (let rebuild = 0; rebuild < 50; rebuild++) {
      const next = await need(variants[(7 * rebuild) % variants.length] ?? bundled, device);
      network.dispose();
      network = next;
      expect(live() - before).toBeLessThanOrEqual(1.5 * largest);
    }
    expect(largest).toBeGreaterThan(1e5);
    network.dispose();
    device.fused?.arena.dispose();
    expect(live()).toBe(before);
  });
});

/** Bytes of all buffers of the device that have been made since and not been destroyed. */
function countBuffers(): () => number {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error("not on webgpu");
  const { device } = backend;
  const create = device.createBuffer.bind(device);
  let live = 0;
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    live += buffer.size;
    buffer.destroy = () => {
      live -= buffer.size;
      buffer.destroy = destroy;
      return destroy();
    };
    return buffer;
  };
  return () => live;
}

import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Architecture } from "../architecture/schema.ts";
import { largestDifference } from "../graph/difference.ts";
import { lower } from "../graph/lower.ts";
import { seededInput } from "../weights/seeded.ts";
import { comparison, edited, places, reportOf, small } from "./engine.testing.ts";
import { NetworkEngine } from "./engine.ts";

/** Counts the buffers of the running WebGPU device that are made and not destroyed from now on. */
function liveBuffers() {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error("not on webgpu");
  const { device } = backend;
  const live = new Set<GPUBuffer>();
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    live.add(buffer);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      return destroy();
    };
    return buffer;
  };
  return { count: () => live.size };
}

/** Whether the running WebGPU device can time its own work. */
function hasQueries(): boolean {
  const backend = tf.backend();
  return backend instanceof WebGPUBackend && backend.device.features.has("timestamp-query");
}

/** Holds back every pipeline that the running WebGPU device is asked to compile from now on. */
function holdCompiler() {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error("not on webgpu");
  const { device } = backend;
  const compile = device.createComputePipelineAsync.bind(device);
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let asked = 0;
  device.createComputePipelineAsync = async (descriptor) => {
    asked += 1;
    await gate;
    return compile(descriptor);
  };
  return { asked: () => asked, release: () => open() };
}

describe("the engine on webgpu", () => {
  const engine = new NetworkEngine();
  const tiny = edited(small, "stages[*].depth", 1);
  const run = () => engine.run({ batch: { data: seededInput(32, 1), shape: [1, 3, 32, 32] }, features: [] });
  beforeAll(async () => {
    await engine.start("webgpu", places);
  });

  it("runs fused programs, and stock operations on request, to the same logits", async () => {
    const fused = reportOf(await engine.build(tiny));
    expect(fused.kernels).toBe("fused");
    expect(fused.compiled).toBeGreaterThan(0);
    const [logits] = (await run()).logits;
    const stock = reportOf(await engine.build(tiny, "stock"));
    expect(stock.kernels).toBe("stock");
    const [expected = []] = (await run()).logits;
    const largest = largestDifference(logits ?? [], expected);
    expect(largest).toBeLessThan(1e-4);
    expect(largest).toBeGreaterThan(0);
  });

  it("gives single layers, which the fused programs do not have", async () => {
    await engine.build(tiny);
    const batch = { data: seededInput(32, 1), shape: [1, 3, 32, 32] } as const;
    const { features } = await engine.run({ batch, features: ["stages.1.blocks.0.norm"] });
    expect(features.get("stages.1.blocks.0.norm")?.shape).toEqual([1, 80, 4, 4]);
  });

  it("checks its logits against stock operations and against plain JavaScript", async () => {
    await engine.build(tiny);
    const shares: number[] = [];
    const verified = await engine.verify((share) => shares.push(share));
    const { runs: ways, reference } = verified.value;
    expect(verified).toMatchObject({ architecture: tiny, weights: "untrained" });
    const kinds = ways.map(({ kernels }) => kernels);
    expect(kinds.filter((kind) => kind !== "fused-subgroups")).toEqual(["fused", "fused-f16", "stock"]);
    expect(ways.every(({ backend }) => backend === "webgpu")).toBe(true);
    expect(reference).toMatchObject({ backend: "cpu", kernels: "stock" });
    for (const { kernels, difference } of ways) {
      expect(difference).toBeLessThan(kernels === "fused-f16" ? 0.02 : 1e-5);
      expect(difference).toBeGreaterThan(0);
    }
    expect(shares.at(-1)).toBeGreaterThan(0.9);
    expect(tf.getBackend()).toBe("webgpu");
    await expect(run()).resolves.toBeDefined();
  });

  it("ends the check when it is cancelled, back on its backend and without a leak", async () => {
    await engine.build(tiny);
    await engine.verify();
    const before = tf.memory().numTensors;
    const running = engine.verify((share) => {
      if (share > 0.5) void engine.cancel("task");
    });
    await expect(running).rejects.toMatchObject({ name: "cancelled" });
    expect(tf.getBackend()).toBe("webgpu");
    expect(tf.memory().numTensors).toBe(before);
  });

  it("goes on answering while a build compiles, and the newest build wins", async () => {
    await engine.start("webgpu", places);
    await engine.build(tiny);
    const convnext = edited({ ...tiny, norm: "layernorm" }, "stages[*].dim", 24);
    const compiler = holdCompiler();
    const order: string[] = [];
    const first = engine.build(convnext).then(({ kind }) => order.push(`first ${kind}`));
    const answer = run().then(({ logits }) => order.push(`answer ${logits.length}`));
    await answer;
    const second = engine.build(edited(convnext, "stages[*].dim", 28));
    expect(compiler.asked()).toBeGreaterThan(0);
    expect(order).toEqual(["answer 1"]);
    compiler.release();
    await Promise.all([first, second]);
    expect(order).toEqual(["answer 1", "first superseded"]);
    expect(reportOf(await second).kernels).toBe("fused");
  });

  it("measures how fast it multiplies and copies, and frees what it needed for that", async () => {
    const live = liveBuffers();
    const { backend, macsPerSecond, bytesPerSecond } = await engine.rates();
    expect(live.count()).toBe(0);
    expect(backend.name).toBe("webgpu");
    // Anything slower or faster is a wrong unit.
    expect(macsPerSecond).toBeGreaterThan(1e8);
    expect(macsPerSecond).toBeLessThan(1e15);
    expect(bytesPerSecond).toBeGreaterThan(1e8);
    expect(bytesPerSecond).toBeLessThan(1e13);
  });

  it("times every dispatch", async () => {
    await engine.build(tiny);
    const { kernels, msByNode, covers, timer, resolutionMs, leastMs, forwardMs } = (await engine.profile())
      .value;
    expect(kernels).toBe("fused");
    // Three a block, one of the stem and of a downsample, three of the head.
    expect(msByNode.size).toBe(1 + 4 * 3 + 3 + 3);
    expect([...covers.values()].flat()).toHaveLength(lower(tiny).nodes.length - 1);
    for (const ms of msByNode.values()) expect(ms).toBeGreaterThan(0);
    expect(timer).toBe(hasQueries() ? "timestamp" : "clock");
    expect(resolutionMs).toBeLessThan(1);
    expect(leastMs).toBeLessThan(resolutionMs);
    expect(forwardMs).toBeGreaterThan(0);
  });

  it("measures fused against stock in one run", async () => {
    const variants = [{ name: "small", architecture: tiny }];
    const { results, ratios } = await engine.measure({
      variants,
      batch: 1,
      runs: 3,
      warmup: 1,
      kernels: ["fused", "stock"],
    });
    expect(results.map(({ name, kernels }) => [name, kernels])).toEqual([
      ["small", "fused"],
      ["small", "stock"],
    ]);
    // Stem, three a block and one a downsample, pool and two of the head.
    expect(results[0]?.dispatches).toBe(1 + 4 * 3 + 3 + 3);
    expect(results[1]?.dispatches).toBeGreaterThan(60);
    expect(ratios).toEqual([comparison("small (fused)", "small (stock)", 3)]);
    const [fused, stock] = results;
    if (hasQueries()) {
      // A fast adapter repeats a forward until its clock can tell it.
      const { repeats, samplesMs, medianMs } = fused?.gpu ?? expect.fail("no time on the GPU");
      expect(samplesMs).toHaveLength(3);
      expect(medianMs).toBeGreaterThan(0);
      expect(repeats).toBeGreaterThanOrEqual(1);
    } else {
      expect(fused?.gpu).toBeUndefined();
    }
    expect(stock?.gpu).toBeUndefined();
    const short = await engine.measure({ variants, batch: 1, runs: 1, warmup: 1, isWallTimeOnly: true });
    expect(short.results[0]?.gpu).toBeUndefined();
  });

  it("sweeps without a leak", async () => {
    const points = [3, 5, 7, 9].map((kernel) => edited(tiny, "stages[*].tokenMixer.bandKernelSize", kernel));
    const measure = (architecture: Architecture) => {
      const variants = [
        { name: "base", architecture: tiny },
        { name: "point", architecture },
      ];
      return engine.measure({ variants, batch: 2, runs: 2, warmup: 1 });
    };
    await measure(tiny);
    const live = liveBuffers();
    const tensors = tf.memory().numTensors;
    for (const point of points) {
      const { results } = await measure(point);
      expect(results.map(({ kernels }) => kernels)).toEqual(["fused", "fused"]);
      expect(live.count()).toBe(0);
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("sweeps stock operations without a leak", async () => {
    const measure = (dim: number) =>
      engine.measure({
        variants: [{ name: "point", architecture: edited(tiny, "stages[1].dim", dim) }],
        ...{ batch: 1, runs: 1, warmup: 1, kernels: ["stock"] },
      });
    await measure(80);
    const live = liveBuffers();
    const tensors = tf.memory().numTensors;
    const counts: number[] = [];
    for (const dim of [84, 88, 92, 96]) {
      await measure(dim);
      counts.push(live.count());
    }
    expect(counts).toEqual([0, 0, 0, 0]);
    expect(tf.memory().numTensors).toBe(tensors);
    // The present network goes on with what is left.
    await engine.build(tiny, "stock");
    await expect(run()).resolves.toBeDefined();
  });

  it("says that the device was lost, and works again after a new start", async () => {
    const failures: string[] = [];
    await engine.start("webgpu", places, (code) => failures.push(code));
    await engine.build(tiny);
    const before = await run();
    const backend = tf.backend();
    if (!(backend instanceof WebGPUBackend)) throw new Error("not on webgpu");
    backend.device.destroy();
    await expect(run()).rejects.toMatchObject({ name: "deviceLost" });
    expect(failures).toEqual(["deviceLost"]);
    await engine.start("webgpu", places);
    await engine.build(tiny);
    expect((await run()).logits).toEqual(before.logits);
  });
});

import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { edit } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { largestDifference } from "../graph/difference.ts";
import { lower } from "../graph/lower.ts";
import { seededInput } from "../weights/seeded.ts";
import type { BuildResult } from "./api.ts";
import { NetworkEngine } from "./engine.ts";

const places = { site: document.baseURI };

function edited(
  architecture: Architecture,
  ...[path, value]: [Parameters<typeof edit>[1], unknown]
): Architecture {
  const result = edit(architecture, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Atto with two blocks a stage at 32 x 32: every kind of layer, little work. */
const small = edited(
  edited(presetOf("inceptionnext_atto").architecture, "imageSize", 32),
  "stages[*].depth",
  2,
);

const comparison = (a: string, b: string, rounds: number) => {
  const number: unknown = expect.any(Number);
  return { a, b, median: number, low: number, high: number, rounds };
};

function reportOf(result: BuildResult) {
  if (result.kind !== "built") throw new Error("superseded");
  return result.report;
}

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

describe("the engine on wasm", () => {
  const engine = new NetworkEngine();
  beforeAll(async () => {
    await engine.start("wasm", places);
  });

  it("drops builds that a newer one has overtaken", async () => {
    const depths = [1, 2, 3, 4];
    const results = await Promise.all(
      depths.map((depth) => engine.build(edited(small, "stages[2].depth", depth))),
    );
    expect(results.map(({ kind }) => kind)).toEqual(["superseded", "superseded", "superseded", "built"]);
  });

  it("uploads only what an edit changed", async () => {
    await engine.build(small);
    const report = reportOf(await engine.build(edited(small, "stages[1].tokenMixer.bandKernelSize", 5)));
    // Two blocks, a 1 x 5 and a 5 x 1 weight each.
    expect(report.uploaded).toBe(4);
    expect(report.reused).toBeGreaterThan(40);
    expect(report.kernels).toBe("fused");
  });

  it("gives what was asked of any node or group", async () => {
    await engine.build(small);
    const features = ["stem", "stages.1", "stages.3.blocks.1.token_mixer.dwconv_w", "head.fc2"];
    const data = seededInput(32, 2);
    const result = await engine.run({ batch: { data, shape: [2, 3, 32, 32] }, features });
    expect(result.logits.map((logits) => logits.length)).toEqual([1000, 1000]);
    for (const [image, classes] of result.top.entries()) {
      const logits = result.logits[image] ?? [];
      expect(classes).toHaveLength(5);
      expect(logits[classes[0]?.index ?? -1]).toBe(Math.max(...logits));
    }
    expect([...result.features].map(([id, { shape }]) => [id, shape])).toEqual([
      ["stem", [2, 40, 8, 8]],
      ["stages.1", [2, 80, 4, 4]],
      ["stages.3.blocks.1.token_mixer.dwconv_w", [2, 80, 1, 1]],
      ["head.fc2", [2, 1000]],
    ]);
  });

  it("runs the present image where no batch is given", async () => {
    await engine.build(small);
    const data = Uint8ClampedArray.from({ length: 40 * 50 * 3 }, (_, index) => index % 256);
    await engine.setImage({ width: 40, height: 50, data });
    const { top, logits } = await engine.run({ features: [] });
    expect(logits).toHaveLength(1);
    expect(top[0]).toEqual((await engine.predict()).value.top);
  });

  it.each([
    ["a layer that does not exist", [1, 3, 32, 32] as const, ["stages.9"], /no layer stages\.9/],
    ["an input of another size", [1, 3, 64, 64] as const, [], /takes \[1, 3, 32, 32\]/],
  ])("refuses %s and goes on", async (_what, shape, features, message) => {
    await engine.build(small);
    const data = new Float32Array(shape.reduce<number>((a, b) => a * b, 1));
    await expect(engine.run({ batch: { data, shape }, features })).rejects.toThrow(message);
    await expect(
      engine.run({ batch: { data: seededInput(32, 1), shape: [1, 3, 32, 32] }, features: [] }),
    ).resolves.toBeDefined();
  });

  it("answers an edit and a picture between the rounds of a measurement, which goes on", async () => {
    await engine.build(small);
    const edit = edited(small, "stages[2].depth", 1);
    const image = { width: 40, height: 50, data: new Uint8ClampedArray(40 * 50 * 3).fill(90) };
    const order: string[] = [];
    const variants = [{ name: "measured", architecture: small }];
    let asked: Promise<unknown> | undefined;
    const ask = async () => {
      await engine.setImage(image, "chosen meanwhile");
      await engine.build(edit);
      const answer = await engine.predict();
      order.push("answered");
      return answer;
    };
    const measured = engine.measure({ variants, batch: 1, runs: 400, warmup: 1 }, (done) => {
      if (done > 0.2) asked ??= ask();
    });
    const { results } = await measured.finally(() => order.push("measured"));
    expect(await asked).toMatchObject({ architecture: edit, value: { picture: "chosen meanwhile" } });
    expect(order).toEqual(["answered", "measured"]);
    expect(results[0]?.runs).toBe(400);
  });

  it("refuses a network that does not fit, and keeps the one before", async () => {
    await engine.build(small);
    const huge = edited(edited(small, "stages[*].dim", 8192), "stages[*].mlpRatio", 16);
    await expect(engine.build(huge)).rejects.toMatchObject({ name: "overLimits" });
    await expect(
      engine.run({ batch: { data: seededInput(32, 1), shape: [1, 3, 32, 32] }, features: [] }),
    ).resolves.toBeDefined();
  });

  it("leaks no tensor over 200 rebuilds", async () => {
    const run = () =>
      engine.run({ batch: { data: seededInput(32, 1), shape: [1, 3, 32, 32] }, features: ["stages.2"] });
    const variants = [
      small,
      edited(small, "stages[2].depth", 4),
      edited(small, "stages[*].tokenMixer.branchRatio", 0.125),
      edited(small, "stages[1].dim", 96),
      edited(small, "stages[0].tokenMixer", { kind: "identity" }),
    ];
    const tensorsAfter = async (architecture: Architecture) => {
      await engine.build(architecture);
      await run();
      return tf.memory().numTensors;
    };
    const first = [];
    for (const variant of variants) first.push(await tensorsAfter(variant));
    for (let rebuild = 0; rebuild < 200; rebuild++)
      await engine.build(variants[rebuild % variants.length] ?? small);
    const last = [];
    for (const variant of variants) last.push(await tensorsAfter(variant));
    expect(last).toEqual(first);
  });

  it("measures variants in turn, with the ratio of each pair", async () => {
    const shallow = edited(small, "stages[*].depth", 1);
    const variants = [
      { name: "two", architecture: small },
      { name: "one", architecture: shallow },
    ];
    const measurement = await engine.measure({ variants, batch: 2, runs: 5, warmup: 1 });
    expect(measurement.backend.name).toBe("wasm");
    expect(measurement.results.map(({ name, batch, runs }) => ({ name, batch, runs }))).toEqual([
      { name: "two", batch: 2, runs: 5 },
      { name: "one", batch: 2, runs: 5 },
    ]);
    for (const { samplesMs, coldStart, imagesPerSecond, medianMs } of measurement.results) {
      expect(samplesMs).toHaveLength(5);
      expect(coldStart.buildMs).toBeGreaterThan(0);
      expect(coldStart.firstMs).toBeGreaterThan(0);
      expect(imagesPerSecond).toBeCloseTo(2000 / medianMs);
    }
    const [two, one] = measurement.results;
    expect(two?.dispatches).toBeGreaterThan(one?.dispatches ?? Number.POSITIVE_INFINITY);
    expect(measurement.ratios).toEqual([comparison("two", "one", 5)]);
    expect(measurement.settings).toEqual({ batch: 2, runs: 5, warmup: 1 });
    expect(measurement.environment).toMatchObject({ tfjs: tf.version_core, browser: navigator.userAgent });
  });

  it("throws out and repeats rounds in which the page was hidden", async () => {
    const variants = [{ name: "small", architecture: small }];
    let hidings = 0;
    const { results, discarded } = await engine.measure(
      { variants, batch: 1, runs: 4, warmup: 1 },
      (_, what) => {
        if (what !== "round 2 of 4" || hidings > 0) return;
        hidings += 1;
        void engine.setHidden(true);
        setTimeout(() => void engine.setHidden(false), 5);
      },
    );
    expect({ hidings, discarded: discarded.hidden }).toEqual({ hidings: 1, discarded: 1 });
    expect(results[0]?.samplesMs).toHaveLength(4);
  });

  it("times every operation, and says which layers it stands for", async () => {
    const graph = lower(small);
    const report = reportOf(await engine.build(small));
    const tensors = tf.memory().numTensors;
    const { kernels, msByNode, covers, timer, resolutionMs, leastMs, forwardMs } = (await engine.profile())
      .value;
    expect({ kernels, timer }).toEqual({ kernels: report.kernels, timer: "clock" });
    expect(resolutionMs).toBeLessThan(1);
    expect(leastMs).toBeLessThan(resolutionMs);
    expect(forwardMs).toBeGreaterThan(0);
    expect([...msByNode.keys()]).toEqual([...covers.keys()]);
    for (const ms of msByNode.values()) expect(ms).toBeGreaterThan(0);
    expect(covers.get("stages.2.blocks.1.mlp.act")).toContain("stages.2.blocks.1.mlp.fc1");
    expect([...covers.values()].flat()).toHaveLength(graph.nodes.length - 1);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("times another network than the present one, and keeps that", async () => {
    await engine.build(small);
    const tensors = tf.memory().numTensors;
    const deeper = edited(small, "stages[1].depth", 3);
    const { architecture, value } = await engine.profile(undefined, deeper);
    const { covers, msByNode } = value;
    expect(architecture).toEqual(deeper);
    expect(msByNode.get("stages.1.blocks.2.mlp.act")).toBeGreaterThan(0);
    expect([...covers.values()].flat()).toHaveLength(lower(deeper).nodes.length - 1);
    expect(tf.memory().numTensors).toBe(tensors);
    expect((await engine.profile()).value.msByNode.has("stages.1.blocks.2.mlp.act")).toBe(false);
  });

  it("times layers one by one where they run so", async () => {
    await engine.build(small, "stock");
    const { msByNode } = (await engine.profile()).value;
    expect(msByNode.get("stages.2.blocks.1.mlp.fc1")).toBeGreaterThan(0);
    expect(msByNode.size).toBe(lower(small).nodes.length - 1);
  });

  it("measures how fast it multiplies and copies", async () => {
    const tensors = tf.memory().numTensors;
    const { macsPerSecond, bytesPerSecond } = await engine.rates();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(macsPerSecond).toBeGreaterThan(1e8);
    expect(macsPerSecond).toBeLessThan(1e14);
    expect(bytesPerSecond).toBeGreaterThan(1e8);
    expect(bytesPerSecond).toBeLessThan(1e13);
  });

  it("ends a profile when it is cancelled, without a leak", async () => {
    await engine.build(small, "stock");
    await engine.profile();
    const tensors = tf.memory().numTensors;
    const running = engine.profile((done) => {
      if (done > 0.3) void engine.cancel("task");
    });
    await expect(running).rejects.toMatchObject({ name: "cancelled" });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("ends a long call when it is cancelled", async () => {
    const variants = [{ name: "endless", architecture: small }];
    const running = engine.measure(
      { variants, batch: 1, runs: 100_000, warmup: 1 },
      () => void engine.cancel("task"),
    );
    await expect(running).rejects.toMatchObject({ name: "cancelled" });
  });
});

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

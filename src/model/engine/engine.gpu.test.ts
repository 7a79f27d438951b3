import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Architecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { seededInput } from "../weights/seeded.ts";
import { comparison, edited, places, reportOf, small } from "./engine.testing.ts";
import { NetworkEngine } from "./engine.ts";

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

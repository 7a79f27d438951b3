/** @file What passes the check is built and runs within what was estimated; what does not is refused in words. */
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { needOf } from "../analysis/limits.ts";
import { editByPath } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { smallArchitecture } from "../graph/passes/random.testing.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import { startBackend } from "../runtime/backends.ts";
import { freeUnusedBuffers } from "../runtime/bufferPool.ts";
import { memoryInUse, networkDevice, prepareNetwork } from "../runtime/build.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { NetworkEngine } from "./engine.ts";
import { checkRoom } from "./room.ts";

const atto = presetOf("inceptionnext_atto").architecture;

/** Counts what TensorFlow.js's WebAssembly has given out, and gives the most since it was last asked. */
function peakOf(backend: unknown): () => number {
  if (!(backend instanceof BackendWasm)) return () => 0;
  const module = backend.wasm as unknown as Record<"_malloc" | "_free", (value: number) => number>;
  const { _malloc: allocate, _free: free } = module;
  const sizes = new Map<number, number>();
  let [live, peak] = [0, 0];
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    sizes.set(address >>> 0, bytes);
    live += bytes;
    peak = Math.max(peak, live);
    return address;
  };
  module._free = (address) => {
    live -= sizes.get(address >>> 0) ?? 0;
    sizes.delete(address >>> 0);
    return free(address);
  };
  return () => {
    const most = peak;
    peak = live;
    return most;
  };
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const stages = fc.array(
  fc.record({ depth: upTo(2), dim: fc.integer({ min: 4, max: 40 }), mlpRatio: upTo(4) }),
  {
    minLength: 4,
    maxLength: 4,
  },
);
const wider = fc
  .record({ stages, imageSize: fc.constantFrom(32, 64), inChannels: upTo(4), numClasses: upTo(30) })
  .map(({ stages: sizes, ...fields }): Architecture => {
    const [a, b, c, d] = atto.stages.map((stage, index) => ({ ...stage, ...sizes[index] }));
    if (!a || !b || !c || !d) throw new Error("There are four stages.");
    return { ...atto, ...fields, stages: [a, b, c, d] };
  });

it.each(["webgpu", "wasm", "cpu"] as const)(
  "runs within what was estimated, or refuses, on %s",
  async (name) => {
    await startBackend(name, () => undefined);
    const device = networkDevice();
    const peak = peakOf(tf.backend());
    const outcomes = { run: 0, refused: 0 };
    const load = fc.record({
      isStock: fc.boolean(),
      batch: upTo(3),
      room: fc.double({ min: 0.5, max: 2, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(wider, smallArchitecture),
        load,
        async (architecture, { isStock, batch, room }) => {
          const graph = lower(architecture);
          const kernels = isStock ? "stock" : name === "cpu" ? "folded" : "fused";
          const use = { batch, copies: kernels === "fused" ? 1 : 0, isStock: kernels !== "fused" };
          const { total, device: estimated } = needOf(graph, use);
          const limits = { tensorBytes: 2 ** 30, totalBytes: room * total };
          const check = () => checkRoom(limits, { networks: [architecture], batch, kernels: [kernels] });
          if (room < 1) {
            expect(check).toThrow(/The network needs [\d,]+ MiB, this device holds [\d,]+ MiB/);
            outcomes.refused += 1;
            return;
          }
          check();
          peak();
          const live = peak();
          const before = memoryInUse(device).bytes;
          const { network } = (await prepareNetwork(graph, device, kernels)).build(seededWeights(graph));
          const { imageSize: size, inChannels: channels } = architecture;
          const pixels = toChannelsLast(seededInput(size, batch, channels), [batch, channels, size, size]);
          try {
            const logits = await network.run(pixels, batch);
            expect(logits).toHaveLength(batch * architecture.numClasses);
            expect(logits.every(Number.isFinite)).toBe(true);
            expect(memoryInUse(device).bytes - before).toBeLessThanOrEqual(estimated);
            if (name === "wasm") expect(peak() - live).toBeLessThanOrEqual(estimated);
            outcomes.run += 1;
          } finally {
            network.dispose();
            device.fused?.arena.dispose();
            await freeUnusedBuffers();
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(outcomes.run).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  },
);

it.each(["webgpu", "wasm", "cpu"] as const)(
  "refuses what would kill the worker, and goes on, on %s",
  async (name) => {
    const engine = new NetworkEngine();
    await engine.start(name, { site: "" });
    const edits = [
      ["stages[*].depth", 256],
      ["stages[*].dim", 2048],
    ] as const;
    const huge = edits.reduce((before: Architecture, [path, value]) => {
      const edited = editByPath(before, path, value);
      if (!edited.ok) throw new Error("invalid");
      return edited.value;
    }, atto);
    const refused = {
      name: "overLimits",
      message: expect.stringMatching(/stages\[\d\]\.\w+: The network needs/),
    };
    await expect(engine.build(huge)).rejects.toMatchObject(refused);
    await expect(engine.profile(undefined, huge)).rejects.toMatchObject(refused);
    const variants = [{ name: "huge", architecture: huge }];
    await expect(engine.measure({ variants, batch: 1, runs: 1, warmup: 1 })).rejects.toMatchObject(refused);

    await engine.build({ ...atto, imageSize: 32 });
    const one = { data: seededInput(32, 1), shape: [1, 3, 32, 32] } as const;
    await expect(engine.run({ batch: one, features: ["stem"] })).resolves.toBeDefined();
  },
);

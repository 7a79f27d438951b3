/** @file The page that `npm run bench:edits` drives: how soon an edit shows its prediction, and what a forward costs the CPU. */
import { editByPath } from "../../../src/model/architecture/edits.ts";
import type { Architecture } from "../../../src/model/architecture/schema.ts";
import { interleave } from "../../../src/model/benchmark/rounds.ts";
import { median, type RatioInterval, ratioInterval } from "../../../src/model/benchmark/statistics.ts";
import { NetworkEngine } from "../../../src/model/engine/engine.ts";
import { lower } from "../../../src/model/graph/lower.ts";
import { toChannelsLast } from "../../../src/model/runtime/axisOrder.ts";
import { startBackend } from "../../../src/model/runtime/backends.ts";
import { networkDevice, prepareNetwork } from "../../../src/model/runtime/build.ts";
import { FusedNetwork } from "../../../src/model/runtime/fused.ts";
import { LayerwiseNetwork } from "../../../src/model/runtime/layerwise.ts";
import { deviceIdle } from "../../../src/model/runtime/timing.ts";
import { seededWeights } from "../../../src/model/weights/graphWeights.ts";
import { seededInput } from "../../../src/model/weights/seeded.ts";

/** One thing against another, in the same rounds. */
export interface Compared {
  readonly what: string;
  readonly medianMs: readonly [one: number, other: number];
  /** Of the first over the second. */
  readonly ratio: RatioInterval;
}

export interface EditsOrder {
  readonly architecture: Architecture;
  readonly rounds: number;
}

/** Paths with their values, as an edit names them. */
export type Edits = readonly (readonly [path: string, value: unknown])[];

declare global {
  interface Window {
    readonly edits: {
      readonly recording: (order: EditsOrder) => Promise<Compared & { readonly adapter: string }>;
      readonly edits: (
        order: EditsOrder & { readonly weights: string; readonly edits: Edits },
      ) => Promise<readonly Compared[]>;
    };
  }
}

Object.assign(window, {
  edits: {
    recording: async ({ architecture, rounds }) => {
      const { info } = await startBackend("webgpu", () => {});
      const graph = lower(architecture);
      const { imageSize: size, inChannels: channels } = architecture;
      const pixels = toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
      const build = async (kernels: "fused" | "stock") =>
        (await prepareNetwork(graph, networkDevice(), kernels)).build(seededWeights(graph)).network;
      const [fused, stock] = [await build("fused"), await build("stock")];
      if (!(fused instanceof FusedNetwork && stock instanceof LayerwiseNetwork)) {
        throw new Error("These are other networks than were asked for.");
      }
      const replayed = await fused.recording(1);
      // Only what the page's own thread does counts: the clock stands while the device works.
      let clock = 0;
      const runner = (name: string, submit: () => () => void) => ({
        name,
        run: async () => {
          const start = performance.now();
          const free = submit();
          clock += performance.now() - start;
          await deviceIdle();
          free();
        },
      });
      const own = runner("replay", () => {
        replayed.submit();
        return () => {};
      });
      const theirs = runner("recording of TensorFlow.js", () => {
        const { logits } = stock.forward(pixels, 1);
        return () => logits.dispose();
      });
      const samples = await interleave([own, theirs], { warmup: 2, runs: rounds, now: () => clock });
      const timesOf = ({ name }: { readonly name: string }) => samples.get(name)?.countedMs ?? [];
      const what = `${architecture.name}, ${replayed.dispatches} dispatches against ${stock.dispatches}`;
      return { adapter: info.adapter, ...compared(what, timesOf(own), timesOf(theirs)) };
    },
    edits: async ({ architecture, rounds, weights, edits }) => {
      const engine = new NetworkEngine();
      await engine.start("webgpu", { site: new URL("/", document.baseURI).href });
      await engine.loadWeights({ kind: "manifest", id: weights, allowLarge: false });
      const { imageSize: size, inChannels: channels } = architecture;
      const batch = { data: seededInput(size, 1, channels), shape: [1, channels, size, size] } as const;
      const predict = () => engine.run({ batch, features: [] });
      const timed = async (work: () => Promise<unknown>) => {
        const start = performance.now();
        await work();
        return performance.now() - start;
      };
      const results: Compared[] = [];
      for (const [path, value] of edits) {
        const edited = editByPath(architecture, path, value);
        if (!edited.ok) throw new Error(JSON.stringify(edited.issues));
        const [shown, steady]: [number[], number[]] = [[], []];
        for (let round = 0; round <= rounds; round++) {
          await engine.build(architecture);
          await predict();
          const forward = await timed(predict);
          const edit = await timed(async () => {
            await engine.build(edited.value);
            await predict();
          });
          // The first round warms up.
          if (round === 0) continue;
          steady.push(forward);
          shown.push(edit);
        }
        results.push(compared(`${path} = ${JSON.stringify(value)}`, shown, steady));
      }
      return results;
    },
  } satisfies Window["edits"],
});

function compared(what: string, one: readonly number[], other: readonly number[]): Compared {
  return { what, medianMs: [median(one), median(other)], ratio: ratioInterval(one, other) };
}

import { describe, expect, it } from "vitest";
import { interleave, type Runner } from "./rounds.ts";

/** Runners on a clock of their own: each run takes `cost(run)` milliseconds and is written down. */
function onFakeClock(costs: Readonly<Record<string, (run: number) => number>>) {
  let time = 0;
  const order: string[] = [];
  const runners: Runner[] = Object.entries(costs).map(([name, cost]) => {
    let count = 0;
    return {
      name,
      run: async () => {
        order.push(name);
        time += cost(count++);
      },
    };
  });
  return { runners, order, now: () => time };
}

const threeRunners = () => onFakeClock({ a: (run) => 10 + run, b: (run) => 20 + run, c: () => 5 });

describe("interleave", () => {
  it("runs a b c a b c and keeps the warm-up apart", async () => {
    const { runners, order, now } = threeRunners();
    const samples = await interleave(runners, { warmup: 1, runs: 2, now });
    expect(order.join(" ")).toBe("a b c a b c a b c");
    expect(Object.fromEntries(samples)).toEqual({
      a: { warmupMs: [10], countedMs: [11, 12] },
      b: { warmupMs: [20], countedMs: [21, 22] },
      c: { warmupMs: [5], countedMs: [5, 5] },
    });
  });

  it("tells how far it is", async () => {
    const { runners, now } = onFakeClock({ a: () => 1, b: () => 1 });
    const told: [number, string][] = [];
    const onProgress = (done: number, what: string) => told.push([done, what]);
    await interleave(runners, { warmup: 1, runs: 1, now, onProgress });
    expect(told).toEqual([
      [0.25, "warming up"],
      [0.5, "warming up"],
      [0.75, "round 1 of 1"],
      [1, "round 1 of 1"],
    ]);
  });

  it("stops before the next run when cancelled, even by a message that comes while runs never wait", async () => {
    const { runners, order, now } = threeRunners();
    const controller = new AbortController();
    const measuring = interleave(runners, { warmup: 0, runs: 1000, now, signal: controller.signal });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => controller.abort(new Error("enough"));
    port2.postMessage("cancel");
    await expect(measuring).rejects.toThrow("enough");
    port1.close();
    expect(order.length).toBeLessThan(100);
  });

  it("does not start when it is cancelled already", async () => {
    const { runners, order, now } = threeRunners();
    const signal = AbortSignal.abort(new Error("before"));
    await expect(interleave(runners, { warmup: 1, runs: 1, now, signal })).rejects.toThrow("before");
    expect(order).toEqual([]);
  });

  it("passes on what a runner throws", async () => {
    const broken: Runner = { name: "broken", run: () => Promise.reject(new Error("device lost")) };
    await expect(interleave([broken], { warmup: 0, runs: 1 })).rejects.toThrow("device lost");
  });

  it("refuses two runners of one name", async () => {
    const { runners, now } = threeRunners();
    await expect(interleave([...runners, ...runners], { warmup: 0, runs: 1, now })).rejects.toThrow(
      RangeError,
    );
  });

  it("measures real time without a clock of its own", async () => {
    const slow: Runner = { name: "slow", run: () => new Promise((resolve) => setTimeout(resolve, 20)) };
    const samples = await interleave([slow], { warmup: 0, runs: 1 });
    expect(samples.get("slow")?.countedMs[0]).toBeGreaterThan(15);
  });
});

import { describe, expect, it } from "vitest";
import { type Disturbance, interleave, type Runner } from "./rounds.ts";
import { Visibility } from "./visibility.ts";

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
      [0, "warming up"],
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

  it("lets others in twice a second, and counts no round that follows them at once", async () => {
    const { runners, order, now } = onFakeClock({ a: () => 200, b: () => 100 });
    const visits: number[] = [];
    const letOthersIn = async () => {
      visits.push(now());
      order.push(visits.length === 2 ? "visit" : "nobody");
      return visits.length === 2;
    };
    const samples = await interleave(runners, { warmup: 1, runs: 4, now, letOthersIn });
    expect(order.join(" ")).toBe("a b nobody a b a b visit a b a b a b");
    expect(visits).toEqual([300, 900]);
    expect(samples.get("a")?.countedMs).toHaveLength(4);
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

describe("interleave with a watch", () => {
  interface Scene {
    /** Milliseconds of the runs of each runner, by the round that it is in, discarded ones included. */
    readonly costs: Readonly<Record<string, (round: number) => number>>;
    /** Milliseconds of the pause after a run, counted over all runs. */
    readonly pauseMs?: (pause: number) => number;
    readonly during?: (name: string, round: number, visibility: Visibility) => void;
  }

  async function watched({ costs, pauseMs = () => 1, during }: Scene, runs: number) {
    let time = 0;
    let pauses = 0;
    const visibility = new Visibility();
    const discarded: Disturbance[] = [];
    const runners = Object.entries(costs).map(([name, cost]): Runner => {
      let round = 0;
      return {
        name,
        run: async () => {
          during?.(name, round, visibility);
          time += cost(round++);
        },
      };
    });
    const samples = await interleave(runners, {
      warmup: 0,
      runs,
      now: () => time,
      pause: async () => {
        time += pauseMs(pauses++);
      },
      watch: { visibility, onDiscard: (why) => discarded.push(why) },
    });
    return {
      discarded,
      counted: Object.fromEntries([...samples].map(([name, { countedMs }]) => [name, countedMs])),
    };
  }

  it("discards nothing on a quiet machine, whose times may vary", async () => {
    const costs = { a: (round: number) => 10 + 15 * (round % 2), b: () => 3 };
    const { discarded, counted } = await watched({ costs, pauseMs: (pause) => (pause * 7) % 20 }, 8);
    expect(discarded).toEqual([]);
    expect(counted).toEqual({ a: [10, 25, 10, 25, 10, 25, 10, 25], b: Array(8).fill(3) });
  });

  it("discards a round in which the page was hidden for a moment, for every runner", async () => {
    const hide = (name: string, round: number, visibility: Visibility) => {
      if (name !== "b" || round !== 2) return;
      visibility.setHidden(true);
      visibility.setHidden(false);
    };
    const { discarded, counted } = await watched(
      { costs: { a: (r) => r, b: (r) => 10 + r }, during: hide },
      4,
    );
    expect(discarded).toEqual(["hidden"]);
    expect(counted).toEqual({ a: [0, 1, 3, 4], b: [10, 11, 13, 14] });
  });

  it("waits for a hidden page to be seen again", async () => {
    let hiddenFor = 0;
    const hide = (_: string, round: number, visibility: Visibility) => {
      if (round !== 1) return;
      visibility.setHidden(true);
      setTimeout(() => {
        hiddenFor += 1;
        visibility.setHidden(false);
      }, 5);
    };
    const { discarded, counted } = await watched({ costs: { a: (r) => r }, during: hide }, 3);
    expect({ discarded, counted, hiddenFor }).toEqual({
      discarded: ["hidden"],
      counted: { a: [0, 2, 3] },
      hiddenFor: 1,
    });
  });

  it("can be cancelled while it waits for a hidden page", async () => {
    const visibility = new Visibility();
    visibility.setHidden(true);
    const controller = new AbortController();
    const { runners, order, now } = threeRunners();
    const watch = { visibility, onDiscard: () => undefined };
    const told: string[] = [];
    const onProgress = (_: number, what: string) => told.push(what);
    const { signal } = controller;
    const waiting = interleave(runners, { warmup: 0, runs: 1, now, watch, signal, onProgress });
    setTimeout(() => controller.abort(new Error("enough")));
    await expect(waiting).rejects.toThrow("enough");
    expect({ order, told }).toEqual({ order: [], told: ["waiting for the page to be seen"] });
  });

  it("discards a round after which the timer came far too late", async () => {
    // Four pauses of two rounds, and the one before the first round.
    const { discarded, counted } = await watched(
      { costs: { a: (r) => r, b: () => 5 }, pauseMs: (pause) => (pause === 3 ? 80 : 4) },
      3,
    );
    expect(discarded).toEqual(["busy"]);
    expect(counted).toEqual({ a: [0, 2, 3], b: [5, 5, 5] });
  });

  it("knows machines whose timers are always slow", async () => {
    const { discarded } = await watched({ costs: { a: () => 1 }, pauseMs: () => 80 }, 5);
    expect(discarded).toEqual([]);
  });

  it("discards a round in which all are several times slower, but not one in which one is", async () => {
    const costs = {
      a: (round: number) => (round === 4 || round === 6 ? 40 : 10),
      b: (round: number) => (round === 4 ? 25 : 5),
    };
    const { discarded, counted } = await watched({ costs }, 6);
    expect(discarded).toEqual(["busy"]);
    expect(counted).toEqual({ a: [10, 10, 10, 10, 10, 40], b: [5, 5, 5, 5, 5, 5] });
  });

  it("keeps what a runner alone took", async () => {
    const { discarded, counted } = await watched({ costs: { a: (round) => (round === 4 ? 40 : 10) } }, 6);
    expect(discarded).toEqual([]);
    expect(counted).toEqual({ a: [10, 10, 10, 10, 40, 10] });
  });

  it("gives up after as many rounds again, and keeps what it has", async () => {
    const costs = {
      a: (round: number) => (round < 3 ? 1 : 100),
      b: (round: number) => (round < 3 ? 1 : 100),
    };
    const { discarded, counted } = await watched({ costs }, 5);
    expect(discarded).toEqual(Array(6).fill("busy"));
    expect(counted).toEqual({ a: [1, 1, 1], b: [1, 1, 1] });
  });
});

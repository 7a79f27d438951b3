import { describe, expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { recordedVariant, recordWith } from "./records.testing.ts";
import { baselineIn, resultFor, resultsOf } from "./results.ts";

const rounds = [10, 12, 11, 10, 13, 11, 10, 12];
const fast = recordedVariant("fast", attoOfDepth(1), { samplesMs: rounds });
const slow = recordedVariant("slow", attoArchitecture, { samplesMs: rounds.map((ms) => 2 * ms) });
const noisy = recordedVariant("noisy", resnet50, { samplesMs: [20, 12, 11, 9, 14, 10, 11, 12] });
const record = recordWith([slow, fast, noisy]);
const baseline = { name: "renamed since", network: { ...attoArchitecture, name: "another" } };

describe("what a run says", () => {
  it("compares every network with the baseline of the same run, whatever it is called now", () => {
    const results = resultsOf(record, baseline);
    expect(results.map(({ against }) => against?.median)).toEqual([undefined, 0.5, expect.any(Number)]);
    expect(resultFor(results, { name: "fast", network: attoOfDepth(1) })?.against).toMatchObject({
      low: 0.5,
      high: 0.5,
      rounds: 8,
      verdict: "faster",
    });
    expect(results[0]?.summary).toMatchObject({ medianMs: 22, batch: 2 });
  });

  it("gives no verdict where the interval holds 1", () => {
    const results = resultsOf(record, { name: "fast", network: attoOfDepth(1) });
    const against = resultFor(results, { name: "noisy", network: resnet50 })?.against;
    expect(against?.verdict).toBe("undecided");
    expect(against?.low).toBeLessThanOrEqual(1);
    expect(against?.high).toBeGreaterThanOrEqual(1);
  });

  it("gives no verdict where the medians point the other way than the rounds", () => {
    const base = Array.from({ length: 21 }, (_, round) => round + 1);
    const other = base.map((ms) => (ms > 10 && ms < 15 ? 1 : 1.1 * ms));
    const results = resultsOf(
      recordWith([
        recordedVariant("base", attoArchitecture, { samplesMs: base }),
        recordedVariant("other", attoOfDepth(1), { samplesMs: other }),
      ]),
      { name: "base", network: attoArchitecture },
    );
    expect(results[1]?.summary.medianMs).toBeLessThan(results[0]?.summary.medianMs ?? 0);
    expect(results[1]?.against?.low).toBeGreaterThan(1);
    expect(results[1]?.against?.verdict).toBe("undecided");
  });

  it("compares nothing where the baseline did not run", () => {
    const results = resultsOf(record, { name: "x", network: attoOfDepth(7) });
    expect(results.every(({ against }) => against === undefined)).toBe(true);
    expect(resultFor(results, { name: "x", network: attoOfDepth(7) })).toBeUndefined();
  });

  it("of another device is compared by the board's baseline, else by its own first", () => {
    expect(baselineIn(record, { name: "mine", network: attoOfDepth(1) })?.name).toBe("fast");
    expect(baselineIn(record, { name: "mine", network: attoOfDepth(7) })?.name).toBe("slow");
  });

  it("compares like kernels with like", () => {
    const stock = { ...slow, kernels: "stock", samplesMs: rounds.map((ms) => 4 * ms) } as const;
    const fastStock = { ...fast, kernels: "stock", samplesMs: rounds.map((ms) => 4 * ms) } as const;
    const results = resultsOf(recordWith([slow, stock, fast, fastStock]), baseline);
    expect(results.map(({ against }) => against?.median)).toEqual([undefined, undefined, 0.5, 1]);
  });

  it("tells a network that runs against itself by its name", () => {
    const twin = recordedVariant("twin", attoArchitecture, { samplesMs: rounds });
    const results = resultsOf(recordWith([slow, twin]), { name: "slow", network: attoArchitecture });
    expect(resultFor(results, { name: "twin", network: attoArchitecture })?.against?.median).toBe(0.5);
  });
});

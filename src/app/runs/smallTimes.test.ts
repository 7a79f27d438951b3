import { describe, expect, it } from "vitest";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { recordedVariant, recordWith } from "./records.testing.ts";
import { smallTimeOf } from "./smallTimes.ts";

const gpu = { samplesMs: [1], resolutionMs: 0.001, repeats: 1, isResolved: true };
const run = (samplesMs: number[], batch = 1, gpuMs?: number) => {
  const variant = recordedVariant("A", attoArchitecture, { samplesMs });
  const timed = gpuMs === undefined ? variant : { ...variant, gpu: { ...gpu, medianMs: gpuMs } };
  return recordWith([timed], { settings: { batch, runs: samplesMs.length, warmup: 2 } });
};
/** Times that a clock of this step showed. */
const stepped = (step: number, counts: readonly number[]) => counts.map((count) => count * step);

describe("times that are too small", () => {
  it("are those of which a step of the clock is a large part", () => {
    const coarse = run(stepped(0.1, [11, 12, 12, 12, 13, 12]));
    expect(smallTimeOf(coarse)).toMatchObject({ name: "A", why: { kind: "clock", ms: 0.1 }, batch: 4 });
    expect(smallTimeOf(run(stepped(0.005, [220, 243, 241, 239, 250, 238])))).toBeUndefined();
  });

  it("tell the step in spite of rounding, and none where the clock is fine or the times are few", () => {
    const rounded = stepped(0.1, [11, 12, 12, 12, 13, 12]).map(
      (ms, index) => ms + (index % 2 ? 2e-9 : -2e-9),
    );
    expect(smallTimeOf(run(rounded))?.why.kind).toBe("clock");
    expect(smallTimeOf(run([1.100001, 1.200417, 1.203119, 1.215553, 1.300007, 1.222323]))).toBeUndefined();
    expect(smallTimeOf(run([1.2, 1.2, 1.2]))).toBeUndefined();
  });

  it("are those in which the GPU mostly waits", () => {
    const times = [1.013, 0.998, 1.007, 1.001, 1.019, 0.993];
    const small = smallTimeOf(run(times, 2, 0.25));
    expect(small).toMatchObject({ medianMs: 1.004, why: { kind: "waiting", ms: 0.25 }, batch: 32 });
    expect(smallTimeOf(run(times, 2, 0.6))).toBeUndefined();
  });

  it("are those that what else the machine does throws off", () => {
    const times = [1.013, 0.998, 1.007, 1.001, 3.019, 3.093];
    expect(smallTimeOf(run(times))).toMatchObject({ why: { kind: "scatter" }, batch: 16 });
    expect(smallTimeOf(run(times.map((ms) => 100 * ms)))).toBeUndefined();
  });

  it("have no larger batch where there is none", () => {
    const times = stepped(0.1, [11, 12, 12, 12, 13, 12]);
    expect(smallTimeOf(run(times, 64))).toMatchObject({ batch: undefined });
    expect(smallTimeOf(run(times, 48))).toMatchObject({ batch: 64 });
  });
});

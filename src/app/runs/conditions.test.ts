import { describe, expect, it } from "vitest";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import {
  dateText,
  deviceText,
  discardedCount,
  discardedText,
  environmentFacts,
  settingsText,
} from "./conditions.ts";
import { recordedVariant, recordWith } from "./records.testing.ts";

/** Eight rounds were asked for. */
const run = (counted: number, discarded = { hidden: 0, busy: 0 }) =>
  recordWith(
    [recordedVariant("A", attoArchitecture, { samplesMs: Array.from({ length: counted }, () => 1) })],
    {
      discarded,
    },
  );

describe("the conditions of a run in words", () => {
  it("name the device and say where it is none", () => {
    const record = run(8);
    expect(deviceText(record)).toBe("WebGPU · a graphics processor");
    expect(deviceText({ ...record, device: { ...record.device, isSoftware: true } })).toMatch(
      /, in software$/,
    );
  });

  it("give the rounds that counted, not those that were asked for", () => {
    expect(settingsText(run(7))).toBe("batch of 2, 7 rounds");
  });

  it("count what was thrown out, and say whether it was made up for", () => {
    expect(discardedText(run(8))).toBeUndefined();
    expect(discardedCount(run(8))).toBeUndefined();
    expect(discardedCount(run(6, { hidden: 1, busy: 8 }))).toBe("9 rounds thrown out");
    expect(discardedText(run(8, { hidden: 1, busy: 0 }))).toBe(
      "Thrown out: 1 round in which the page was hidden. They were run again.",
    );
    expect(discardedText(run(6, { hidden: 1, busy: 8 }))).toBe(
      "Thrown out: 1 round in which the page was hidden and 8 rounds in which the machine was busy or slowed down. 2 rounds could not be made up for.",
    );
  });

  it("give the time alone on the same day, with the date on another", () => {
    const record = run(8);
    const today = new Date(record.startedAt);
    expect(dateText(record, today)).toMatch(/^today /);
    expect(dateText(record, new Date(today.getTime() + 48 * 3600 * 1000))).toContain("2026");
  });

  it("say what the browser does not tell", () => {
    const { device } = run(8);
    const facts = (changes: object) =>
      new Map(environmentFacts({ ...run(8), device: { ...device, ...changes } }));
    expect(facts({}).get("Driver")).toBe("not told by the browser");
    expect(facts({ driver: "7.1" }).get("Driver")).toBe("7.1");
    expect(facts({ crossOriginIsolated: false }).get("Cross-origin isolated")).toContain("coarser clocks");
  });
});

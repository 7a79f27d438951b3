import { describe, expect, it } from "vitest";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { recordedVariant, recordWith } from "../runs/records.testing.ts";
import { boundedRecords, recordsFrom, storeRecords } from "./stored.ts";

const record = (id: string, rounds = 3) =>
  recordWith(
    [recordedVariant("A", attoArchitecture, { samplesMs: Array.from({ length: rounds }, () => 1.25) })],
    {
      id,
    },
  );
const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id).join(" ");
const many = (count: number) => Array.from({ length: count }, (_, index) => record(`r${index}`));

describe("what is stored of the runs", () => {
  it("is the newest forty", () => {
    expect(boundedRecords(many(41))).toHaveLength(40);
    expect(boundedRecords(many(41))[0]?.id).toBe("r0");
  });

  it("ends before the first that does not fit, though a smaller one behind it would; the newest always fits", () => {
    const large = record("large", 450_000);
    const half = record("half", 250_000);
    expect(ids(boundedRecords([large, record("small")]))).toBe("large");
    expect(ids(boundedRecords([record("new"), half, half, record("small")]))).toBe("new half");
  });

  it("becomes less until the browser takes it", () => {
    const room = (most: number) => (kept: readonly unknown[]) => kept.length <= most;
    expect(ids(storeRecords(many(5), room(9)))).toBe("r0 r1 r2 r3 r4");
    expect(ids(storeRecords(many(5), room(4)))).toBe("r0 r1");
    expect(storeRecords(many(5), () => false)).toEqual([]);
  });

  it("is read again without what is no run", () => {
    const stored = { records: [record("a"), { ...record("b"), version: 2 }, "nonsense"], importedIds: ["a"] };
    expect(recordsFrom(stored)).toEqual({ records: [record("a")], importedIds: ["a"] });
    expect(recordsFrom({ records: [record("a")], importedIds: 7 }).importedIds).toEqual([]);
    expect(recordsFrom("nonsense")).toEqual({ records: [], importedIds: [] });
  });
});

import { describe, expect, it } from "vitest";
import { endGesture, type History, record, redo, startGesture, undo } from "./history.ts";

const start: History<string> = { present: "a", past: [], future: [] };

describe("history", () => {
  it("goes back and forth over every step", () => {
    const there = record(record(start, "b"), "c");
    expect(undo(there).present).toBe("b");
    expect(undo(undo(there)).present).toBe("a");
    expect(redo(undo(undo(there))).present).toBe("b");
    expect(redo(redo(undo(undo(there))))).toEqual(there);
  });

  it("stays where it is at either end", () => {
    expect(undo(start)).toEqual(start);
    expect(redo(start)).toEqual(start);
  });

  it("forgets what was undone once something new is done", () => {
    expect(record(undo(record(start, "b")), "c")).toEqual({ present: "c", past: ["a"], future: [] });
  });

  it("makes no step of what changes nothing", () => {
    expect(record(start, "a")).toEqual(start);
  });

  it("makes one step of a gesture", () => {
    const dragged = endGesture(record(record(record(startGesture(start), "b"), "c"), "d"));
    expect(dragged).toEqual({ present: "d", past: ["a"], future: [] });
    expect(undo(dragged).present).toBe("a");
  });

  it("makes no step of a gesture that leads back to its beginning, and keeps what could be redone", () => {
    const undone = undo(record(start, "z"));
    expect(endGesture(record(record(startGesture(undone), "b"), "a"))).toEqual(undone);
  });

  it("ends an open gesture when another begins", () => {
    const first = record(startGesture(start), "b");
    const both = endGesture(record(record(startGesture(first), "c"), "d"));
    expect(both.past).toEqual(["a", "b"]);
  });

  it("undoes a gesture that is still open", () => {
    expect(undo(record(record(startGesture(start), "b"), "c"))).toEqual({
      present: "a",
      past: [],
      future: ["c"],
    });
  });
});

import { expect, it } from "vitest";
import { kindOf } from "./files.ts";

it.each([
  ["cat.JPG", "", "picture"],
  ["model.safetensors", "", "checkpoint"],
  ["model.pth", "application/octet-stream", "checkpoint"],
  ["mine.json", "application/json", "architecture"],
  ["latency.csv", "text/csv", "architecture"],
  ["image", "image/png", "picture"],
  ["notes.txt", "text/plain", "unknown"],
  ["", "", "unknown"],
  ["archive.constructor", "", "unknown"],
])("a file %j of type %j is a %s", (name, type, kind) => {
  expect(kindOf({ name, type })).toBe(kind);
});

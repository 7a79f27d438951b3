import { expect, it } from "vitest";
import {
  formatBound,
  formatBytes,
  formatCount,
  formatExact,
  formatMs,
  formatRatio,
  formatShape,
  formatShare,
} from "./format.ts";

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1.00 k"],
  [4_156_520, "4.16 M"],
  [28_057_384, "28.1 M"],
  [999_600, "1.00 M"],
  [4_193_000_000, "4.19 G"],
  [123_456_000_000_000_000, "123456 T"],
])("counts %d as %s", (value, text) => {
  expect(formatCount(value)).toBe(text);
});

it.each([
  [0, "0 %"],
  [0.00001, "<0.01 %"],
  [0.00361, "0.36 %"],
  [0.0421, "4.2 %"],
  [0.0999, "10 %"],
  [0.5, "50 %"],
  [1, "100 %"],
])("writes the share %d as %s", (share, text) => {
  expect(formatShare(share)).toBe(text);
});

it("writes bytes, milliseconds, exact numbers, shapes and ratios", () => {
  expect(formatBytes(512)).toBe("512 B");
  expect(formatBytes(16_626_080)).toBe("16.6 MB");
  expect(formatMs(0.0123)).toBe("0.012 ms");
  expect(formatMs(4.21)).toBe("4.21 ms");
  expect(formatMs(119.6)).toBe("120 ms");
  expect(formatExact(4156520)).toBe("4 156 520");
  expect(formatShape([96, 56, 56])).toBe("96 × 56 × 56");
  expect(formatRatio(1 / 3)).toBe("0.3333");
  expect(formatRatio(0.25)).toBe("0.25");
});

it("writes the bounds of a scale as round numbers", () => {
  expect([0.0001, 0.003, 0.01, 0.3, 1, 30].map(formatBound)).toEqual([
    "0.0001",
    "0.003",
    "0.01",
    "0.3",
    "1",
    "30",
  ]);
});

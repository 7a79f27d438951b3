import { expect, it } from "vitest";
import { parseNumber } from "./parseNumber.ts";

it.each([
  ["12", 12],
  [" 0.125 ", 0.125],
  ["0,25", 0.25],
  [".5", 0.5],
  ["1/8", 0.125],
  ["1 / 3", 1 / 3],
  ["1e3", 1000],
  ["-4", -4],
])("reads %s", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

it.each(["", " ", "abc", "12px", "1/0", "1/2/3", "1/", "0x10", "Infinity", "NaN", "1.2.3", "--1"])(
  "does not read %j as a number",
  (text) => {
    expect(parseNumber(text)).toBeUndefined();
  },
);

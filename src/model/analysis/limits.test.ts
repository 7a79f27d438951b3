import { expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { overLimits } from "./limits.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const gibibyte = { tensorBytes: 2 ** 30 };

it("lets every network through that fits", () => {
  expect(overLimits(lower(tiny), gibibyte, 1)).toEqual([]);
});

it("names the field that makes a layer too large", () => {
  const wide = editByPath(tiny, "stages[3].dim", 8192);
  if (!wide.ok) throw new Error("invalid");
  const issues = overLimits(lower(wide.value), { tensorBytes: 2 ** 28 }, 1);
  expect(issues.map((issue) => issue.path)).toEqual(["stages[3].dim", "imageSize"]);
  expect(issues[0]?.message).toMatch(
    /stages\.3\.blocks\.0\.mlp\.fc1 needs [\d,]+ MiB in one piece, this device holds 256 MiB/,
  );
});

it("counts the batch", () => {
  expect(overLimits(lower(tiny), gibibyte, 1024).map((issue) => issue.path)).toContain("stages[0].dim");
});

it("looks at the whole where the device's memory is known", () => {
  const issues = overLimits(lower(tiny), { ...gibibyte, totalBytes: 100 * 2 ** 20 }, 1);
  expect(issues).toEqual([{ path: "", message: expect.stringContaining("this device holds 100 MiB") }]);
});

/**
 * @file The command line's sweeps and intervals, started as a person starts them.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { costOf } from "../src/model/analysis/cost.ts";
import { editByPath } from "../src/model/architecture/edits.ts";
import type { Architecture } from "../src/model/architecture/schema.ts";
import { lower } from "../src/model/graph/lower.ts";

const root = join(import.meta.dirname, "..");

const references: readonly { readonly name: string; readonly architecture: Architecture }[] = JSON.parse(
  readFileSync(join(root, "src/model/runtime/fixtures/forward.json"), "utf8"),
);

function micro(): { readonly file: string; readonly architecture: Architecture } {
  const found = references.find(({ name }) => name === "micro");
  if (!found) throw new Error("no reference micro");
  const file = test.info().outputPath("micro.json");
  writeFileSync(file, JSON.stringify(found.architecture));
  return { file, architecture: found.architecture };
}

/** The answer of a command that ends well and has nothing to remark. It starts a browser of its own. */
function answerOf(...args: readonly string[]) {
  const command = ["--import", "tsx", "src/cli/main.ts", ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return JSON.parse(stdout);
}

for (const backend of ["wasm", "webgpu"]) {
  test(`sweep measures every combination on ${backend}, and says which are none`, () => {
    const { file, architecture } = micro();
    const answer = answerOf(
      ...["sweep", "--architecture", file, "--field", "stages[*].tokenMixer.bandKernelSize=3,4,7"],
      ...["--field", "stages[2].depth=1..2", "--backend", backend, "--batch", "2", "--runs", "3"],
    );
    expect(Object.keys(answer)).toEqual(["backend", "adapter", "points"]);
    expect(answer.backend).toBe(backend);
    const path = { band: "stages[*].tokenMixer.bandKernelSize", depth: "stages[2].depth" };
    expect(answer.points.map(({ values }: { values: unknown }) => values)).toEqual(
      [3, 4, 7].flatMap((band) => [1, 2].map((depth) => ({ [path.band]: band, [path.depth]: depth }))),
    );
    for (const point of answer.points) {
      if (point.values[path.band] === 4) {
        expect(point).toEqual({ values: point.values, error: expect.stringMatching(/must be odd/) });
        continue;
      }
      expect(Object.keys(point)).toEqual([
        ...["values", "params", "macs", "median_ms", "p90_ms", "images_per_s", "ratio"],
      ]);
      let swept = architecture;
      for (const [field, value] of Object.entries(point.values)) {
        const edited = editByPath(swept, field, value);
        if (!edited.ok) throw new Error(field);
        swept = edited.value;
      }
      const { params, macs } = costOf(lower(swept)).total;
      expect({ params: point.params, macs: point.macs }).toEqual({ params, macs });
      expect(point.median_ms).toBeGreaterThan(0);
      expect(point.images_per_s).toBeCloseTo(2000 / point.median_ms, 6);
      expect(point.ratio).toBeGreaterThan(0);
    }
  });
}

test("bench --ci gives each ratio its interval, ResNet-50 among them", () => {
  const answer = answerOf(
    ...["bench", "--architecture", micro().file, "--architecture", "resnet50", "--backend", "wasm"],
    ...["--runs", "6", "--ci"],
  );
  expect(answer.results.map(({ name }: { name: string }) => name)).toEqual(["micro", "resnet50"]);
  expect(Object.keys(answer.discarded)).toEqual(["hidden", "busy"]);
  const [ratio] = answer.ratios;
  expect(Object.keys(ratio)).toEqual(["a", "b", "median", "ci95", "rounds"]);
  expect(ratio).toMatchObject({ a: "micro", b: "resnet50", rounds: 6 });
  const [low, high] = ratio.ci95;
  expect(low).toBeLessThanOrEqual(ratio.median);
  expect(high).toBeGreaterThanOrEqual(ratio.median);
  // A network of a thousandth of its MACs is faster beyond doubt.
  expect(high).toBeLessThan(1);
});

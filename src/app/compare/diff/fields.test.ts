import { expect, it } from "vitest";
import { foldStages } from "./fields.ts";

const field = (path: string, a: unknown, b: unknown) => ({ path, a, b });

it("folds a field that differs alike in all stages, and no other", () => {
  const bands = [0, 1, 2, 3].map((i) => field(`stages[${i}].tokenMixer.bandKernelSize`, 11, 7));
  const depths = [0, 1, 2, 3].map((i) => field(`stages[${i}].depth`, 2, i === 2 ? 9 : 3));
  expect(foldStages([field("imageSize", 224, 192), ...bands, ...depths])).toEqual([
    field("imageSize", 224, 192),
    field("stages[*].tokenMixer.bandKernelSize", 11, 7),
    field("stages[0].depth", 2, 3),
    field("stages[1].depth", 2, 3),
    field("stages[2].depth", 2, 9),
    field("stages[3].depth", 2, 3),
  ]);
});

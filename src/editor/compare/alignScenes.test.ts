import { describe, expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { graphOf } from "../../model/graph/network.ts";
import { sceneOf } from "../graph/scene.ts";
import type { Scene } from "../graph/sceneTypes.ts";
import type { Density } from "../graph/sizes.ts";
import type { StageView } from "../store/store.ts";
import { alignScenes } from "./alignScenes.ts";

const closed: StageView = { open: false, block: undefined, mixer: false };
const open: StageView = { open: true, block: 0, mixer: true };

/** Stage 3 of the first has more blocks, stage 2 of the second a lower mixer. */
function pair(views: readonly StageView[], density: Density): readonly [Scene, Scene] {
  const [a, b] = [presetOf("inceptionnext_small"), presetOf("convnext_tiny")].map(({ architecture }) =>
    sceneOf(architecture, graphOf(architecture), views, density, { predictions: false }),
  );
  if (!a || !b) throw new Error("two presets");
  return [a, b];
}

const tops = (scene: Scene) =>
  scene.nodes.filter(({ parentId }) => parentId === undefined).map(({ position }) => position.y);
const gaps = ({ nodes }: Scene) => {
  const spine = nodes.filter(({ parentId }) => parentId === undefined).slice(1);
  return spine
    .slice(1)
    .map((node, index) => node.position.y - (spine[index]?.position.y ?? 0) - (spine[index]?.height ?? 0));
};

describe.each<Density>(["regular", "compact"])("two %s drawings", (density) => {
  it("are left as they are where they are equally high", () => {
    const [a, b] = pair([closed, closed, closed, closed], density);
    expect(alignScenes(a, b)).toEqual([a, b]);
  });

  it("have the same parts at the same heights, and nothing on each other", () => {
    const before = pair([closed, open, open, closed], density);
    expect(tops(before[0])).not.toEqual(tops(before[1]));
    const [a, b] = alignScenes(...before);
    expect(tops(a)).toEqual(tops(b));
    expect(a.height).toBe(b.height);
    for (const scene of [a, b]) expect(Math.min(...gaps(scene))).toBeGreaterThan(20);
    // Nothing is pushed further than the higher of the two needs.
    expect(gaps(a).map((gap, index) => Math.min(gap, gaps(b)[index] ?? 0))).toEqual(gaps(a).map(() => 21));
  });
});

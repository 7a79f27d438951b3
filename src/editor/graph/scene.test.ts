/** @file The drawing keeps its geometry for every preset, every way of unfolding and both densities. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edit } from "../../model/architecture/edits.ts";
import { presetOf, presets } from "../../model/architecture/presets.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { graphOf } from "../../model/graph/network.ts";
import type { StageView } from "../store/store.ts";
import { sceneOf } from "./scene.ts";
import type { RibbonEdge, Scene, SceneNode } from "./sceneTypes.ts";
import type { Density } from "./sizes.ts";

const closed: StageView = { open: false, block: undefined, mixer: false };
const atto = presetOf("inceptionnext_atto").architecture;
const base = presetOf("inceptionnext_base").architecture;

function draw(architecture: Architecture, views: readonly StageView[], density: Density = "regular"): Scene {
  return sceneOf(architecture, graphOf(architecture), views, density);
}

const allClosed = [closed, closed, closed, closed];
const opened = (stage: number, view: Partial<StageView>) =>
  allClosed.map((one, index) => (index === stage ? { ...one, open: true, ...view } : one));

const ids = (scene: Scene, type: SceneNode["type"]) =>
  scene.nodes.filter((node) => node.type === type).map((node) => node.data.id);

const view: fc.Arbitrary<StageView> = fc.record({
  open: fc.boolean(),
  block: fc.option(fc.nat(30), { nil: undefined }),
  mixer: fc.boolean(),
});
const drawing = fc.record({
  architecture: fc.constantFrom(...presets.map((preset) => preset.architecture)),
  views: fc.array(view, { minLength: 4, maxLength: 4 }),
  density: fc.constantFrom<Density>("regular", "compact"),
});

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOf({ position, width = 0, height = 0 }: SceneNode): Box {
  return { left: position.x, top: position.y, right: position.x + width, bottom: position.y + height };
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("every drawing", () => {
  it("has its nodes inside of what holds them, side by side and never on each other", () => {
    fc.assert(
      fc.property(drawing, ({ architecture, views, density }) => {
        const scene = draw(architecture, views, density);
        const byId = new Map(scene.nodes.map((node) => [node.id, node]));
        const families = new Map<string, Box[]>();
        for (const node of scene.nodes) {
          const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
          const room = parent ?? { width: scene.width, height: scene.height };
          const box = boxOf(node);
          expect(Math.min(box.left, box.top), node.id).toBeGreaterThanOrEqual(0);
          expect(box.right, node.id).toBeLessThanOrEqual((room.width ?? 0) + 1e-6);
          expect(box.bottom, node.id).toBeLessThanOrEqual((room.height ?? 0) + 1e-6);
          const family = families.get(node.parentId ?? "") ?? [];
          expect(
            family.some((other) => overlap(other, box)),
            node.id,
          ).toBe(false);
          families.set(node.parentId ?? "", [...family, box]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("names every node once, parents first, and draws edges between nodes that are there", () => {
    fc.assert(
      fc.property(drawing, ({ architecture, views, density }) => {
        const { nodes, edges } = draw(architecture, views, density);
        const seen = new Set<string>();
        for (const node of nodes) {
          if (node.parentId !== undefined) expect(seen).toContain(node.parentId);
          expect(seen).not.toContain(node.id);
          seen.add(node.id);
        }
        expect(new Set(edges.map((edge) => edge.id)).size).toBe(edges.length);
        for (const edge of edges)
          expect([...seen]).toEqual(expect.arrayContaining([edge.source, edge.target]));
      }),
      { numRuns: 30 },
    );
  });

  it("draws only what the graph has, but for absent branches and the predictions", () => {
    fc.assert(
      fc.property(drawing, ({ architecture, views, density }) => {
        const graph = graphOf(architecture);
        const known = new Set([...graph.nodes, ...graph.groups].map(({ id }) => id));
        for (const node of draw(architecture, views, density).nodes) {
          if (node.type === "predictions") continue;
          if (node.type === "branch" && node.data.branch.state === "absent") continue;
          expect(known).toContain(node.data.id);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("the closed drawing", () => {
  it("is one line from the image to the predictions", () => {
    const scene = draw(atto, allClosed);
    expect(scene.nodes.map((node) => node.type)).toEqual([
      "image",
      "stem",
      ...Array(4).fill("stage"),
      "head",
      "predictions",
    ]);
    expect(scene.edges.map(({ source, target }) => [source, target])).toEqual(
      scene.nodes.slice(1).map((node, index) => [scene.nodes[index]?.id, node.id]),
    );
  });

  it("fits a canvas of 684 x 650 at a zoom at which its text can be read", () => {
    const { width, height } = draw(base, allClosed);
    expect(Math.min(684 / width, 650 / height)).toBeGreaterThan(0.9);
  });
});

describe("an open stage", () => {
  it("shows its downsample and a frame for each block", () => {
    const scene = draw(base, opened(2, {}));
    expect(ids(scene, "downsample")).toEqual(["stages.2.downsample"]);
    const strip = scene.nodes.find((node) => node.type === "blocks");
    expect(strip?.data.ids).toHaveLength(27);
    expect(strip?.data.ids.at(-1)).toBe("stages.2.blocks.26");
  });

  it("shows one block with its parts, in the order of the data", () => {
    const scene = draw(atto, opened(1, { block: 1 }));
    const id = "stages.1.blocks.1";
    expect(ids(scene, "block")).toEqual([id]);
    expect(ids(scene, "mixer")).toEqual([`${id}.token_mixer`]);
    expect(ids(scene, "layer").sort()).toEqual(
      ["add", "gamma", "mlp.act", "mlp.fc1", "mlp.fc2", "norm"].map((name) => `${id}.${name}`),
    );
    const along = scene.edges.filter((edge) => edge.type === "flow" && edge.source.includes(id));
    expect(along).toHaveLength(8);
    expect(scene.edges.filter((edge) => edge.type === "residual")).toHaveLength(1);
    expect(scene.height).toBeGreaterThan(draw(atto, opened(1, {})).height);
  });

  it("shows no block that the stage does not have (any more)", () => {
    expect(ids(draw(atto, opened(0, { block: 7, mixer: true })), "block")).toEqual([]);
  });
});

describe("an open mixer", () => {
  const ribbons = (architecture: Architecture) =>
    draw(architecture, opened(0, { block: 0, mixer: true })).edges.filter(
      (edge): edge is RibbonEdge => edge.type === "ribbon",
    );

  const withRatio = (ratio: number) => {
    const result = edit(atto, "stages[0].tokenMixer.branchRatio", ratio);
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return result.value;
  };

  it("draws ribbons exactly as thick as the branches' shares of the channels", () => {
    const incoming = ribbons(withRatio(0.1)).filter((edge) => edge.sourceHandle === "in");
    const thickness = incoming.map((edge) => edge.data?.thickness ?? 0);
    const total = thickness.reduce((sum, one) => sum + one, 0);
    expect(thickness.map((one) => (one / total) * 40)).toEqual(
      [28, 4, 4, 4].map((one) => expect.closeTo(one)),
    );
  });

  it("draws no ribbon for a branch without channels, but its card", () => {
    const absent = withRatio(0);
    expect(ribbons(absent)).toHaveLength(2);
    expect(ids(draw(absent, opened(0, { block: 0, mixer: true })), "branch")).toHaveLength(4);
  });

  it("stays as high as it is while the ratio changes, so that a drag moves nothing else", () => {
    const heights = [0, 0.05, 0.2, 1 / 3].map(
      (ratio) => draw(withRatio(ratio), opened(0, { block: 0, mixer: true })).height,
    );
    expect(new Set(heights).size).toBe(1);
  });
});

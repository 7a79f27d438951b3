import { describe, expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import { costOf } from "./cost.ts";
import { type RooflineNode, rooflineOf } from "./roofline.ts";

const graph = lower(presetOf("inceptionnext_atto").architecture);
const block = "stages.0.blocks.0";
/** 10 MACs a byte where both take the same time. */
const rates = { macsPerSecond: 1e12, bytesPerSecond: 1e11 };
const pixels = 56 * 56;

function nodeOf(nodes: readonly RooflineNode[], id: string): RooflineNode {
  const found = nodes.find((node) => node.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

describe("the roofline of single layers", () => {
  const msByNode = new Map(graph.nodes.filter(({ op }) => op.kind !== "input").map(({ id }) => [id, 2]));
  const { nodes, byOperator, ridge } = rooflineOf(graph, { msByNode, covers: new Map() }, rates);

  it("counts the work and traffic of a pointwise convolution", () => {
    const macs = pixels * 40 * 160;
    const bytes = 4 * (pixels * (40 + 160) + 40 * 160 + 160);
    expect(nodeOf(nodes, `${block}.mlp.fc1`)).toEqual({
      id: `${block}.mlp.fc1`,
      covers: [`${block}.mlp.fc1`],
      operator: "pointwise convolution",
      macs,
      bytes,
      intensity: macs / bytes,
      ms: 2,
      macsPerSecond: macs * 500,
      boundBy: "memory",
      attainable: expect.closeTo((macs / bytes) * rates.bytesPerSecond, -3),
      leastMs: expect.closeTo((1000 * bytes) / rates.bytesPerSecond),
    });
    expect(ridge).toBe(10);
  });

  it("reads only the channels that a branch convolves", () => {
    const { bytes, macs, operator } = nodeOf(nodes, `${block}.token_mixer.dwconv_hw`);
    expect(operator).toBe("depthwise convolution");
    expect(bytes).toBe(4 * (2 * 10 * pixels + 10 * 9 + 10));
    expect(macs).toBe(10 * 9 * pixels);
  });

  it("gives layers without MACs their traffic", () => {
    const gelu = nodeOf(nodes, `${block}.mlp.act`);
    expect(gelu).toMatchObject({
      operator: "activation",
      macs: 0,
      intensity: 0,
      boundBy: "memory",
      attainable: 0,
    });
    expect(gelu.leastMs).toBeCloseTo((1000 * 4 * 2 * 160 * pixels) / rates.bytesPerSecond);
  });

  it("adds up by operator, longest first, and loses nothing", () => {
    const times = byOperator.map(({ ms }) => ms);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(times.reduce((sum, ms) => sum + ms, 0)).toBe(2 * msByNode.size);
    expect(byOperator.reduce((sum, { macs }) => sum + macs, 0)).toBe(costOf(graph).total.macs);
    expect(byOperator.find(({ operator }) => operator === "fully connected")).toMatchObject({
      count: 2,
      ms: 4,
    });
    expect(byOperator.find(({ operator }) => operator === "depthwise convolution")?.count).toBe(3 * 12);
  });

  it("is bound by compute above the ridge", () => {
    const slow = rooflineOf(graph, { msByNode, covers: new Map() }, { ...rates, macsPerSecond: 1e11 });
    const node = nodeOf(slow.nodes, `${block}.mlp.fc1`);
    expect(node).toMatchObject({ boundBy: "compute" });
    expect(node.attainable).toBeCloseTo(1e11, -3);
  });
});

describe("the roofline of fused operations", () => {
  const covered = ["norm", "mlp.fc1", "mlp.act"].map((name) => `${block}.${name}`);
  const mixer = ["dwconv_hw", "dwconv_w", "dwconv_h", "concat", "identity"].map(
    (name) => `${block}.token_mixer.${name}`,
  );
  const { nodes } = rooflineOf(
    graph,
    {
      msByNode: new Map([
        [`${block}.mlp.act`, 3],
        [`${block}.token_mixer.concat`, 1],
        ["elsewhere", 1],
      ]),
      covers: new Map([
        [`${block}.mlp.act`, covered],
        [`${block}.token_mixer.concat`, mixer],
      ]),
    },
    rates,
  );

  it("takes the kind of the most work, and moves nothing between its layers", () => {
    const matmul = nodeOf(nodes, `${block}.mlp.act`);
    expect(matmul).toMatchObject({
      operator: "pointwise convolution",
      macs: pixels * 40 * 160,
      covers: covered,
    });
    // Input, output, weight and bias, and the norm's two factors.
    expect(matmul.bytes).toBe(4 * (pixels * (40 + 160) + 40 * 160 + 160 + 2 * 40));
  });

  it("reads an input once, though several layers read it", () => {
    const node = nodeOf(nodes, `${block}.token_mixer.concat`);
    expect(node.operator).toBe("depthwise convolution");
    expect(node.bytes).toBe(4 * (2 * 40 * pixels + 10 * (9 + 9 + 9) + 30));
  });

  it("leaves out what the graph does not have", () => {
    expect(nodes).toHaveLength(2);
  });
});

it("knows the operators of ResNet-50", () => {
  const resnet = lowerResnet50();
  const msByNode = new Map(resnet.nodes.map(({ id }) => [id, 1]));
  const { byOperator } = rooflineOf(resnet, { msByNode, covers: new Map() }, rates);
  const counts = Object.fromEntries(byOperator.map(({ operator, count }) => [operator, count]));
  expect(counts).toMatchObject({
    convolution: 17,
    "pointwise convolution": 36,
    pooling: 2,
    "fully connected": 1,
  });
});

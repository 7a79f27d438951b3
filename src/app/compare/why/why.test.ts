import { describe, expect, it } from "vitest";
import { rooflineOf } from "../../../model/analysis/roofline.ts";
import { presetOf } from "../../../model/architecture/presets.ts";
import { graphOf, resnet50 } from "../../../model/graph/network.ts";
import { operatorSummary, operatorTable } from "./operatorChart.ts";
import { multiplying, rooflineLegend, rooflinePoints, rooflineTable } from "./rooflineChart.ts";
import { rooflineSummary, whyTexts } from "./whyWords.ts";

const graph = graphOf(presetOf("convnext_atto_dims").architecture);
/** Every layer takes a millisecond, so shares of time are shares of layers. */
const timed = {
  msByNode: new Map(graph.nodes.map(({ id }) => [id, 1])),
  covers: new Map<string, readonly string[]>(),
};
const of = (rates: { macsPerSecond: number; bytesPerSecond: number }) => ({
  rates,
  roofline: rooflineOf(graph, timed, rates),
});

/** 100 MACs a byte at the ridge, as on a GPU. */
const gpu = of({ macsPerSecond: 1e13, bytesPerSecond: 1e11 });
/** 1 MAC a byte, as on one thread of a processor. */
const cpu = of({ macsPerSecond: 1e10, bytesPerSecond: 1e10 });

const whyText = (...of: Parameters<typeof whyTexts>) => whyTexts(...of).join(" ");

describe("why, in words", () => {
  it("says on a GPU how far memory lets depthwise convolutions come, and that the rest is not memory", () => {
    const text = whyText(gpu.roofline, gpu.rates);
    expect(text).toContain("fewer than 100 MACs for each byte");
    expect(text).toMatch(/Depthwise convolutions are [\d.]+ % of the MACs and [\d.]+ % of the time\./);
    expect(text).toContain("memory alone holds them to");
    expect(text).toContain("a pointwise convolution does");
    expect(text).toContain("Both roofs are far");
    expect(text).not.toContain("memory holds them back");
  });

  it("holds memory responsible only where they come near its roof", () => {
    const fast = { macsPerSecond: 1e13, bytesPerSecond: 1e11 };
    const atRoof = rooflineOf(graph, timed, fast).nodes.map(
      ({ id, leastMs }) => [id, 1.5 * leastMs] as const,
    );
    const roofline = rooflineOf(graph, { msByNode: new Map(atRoof), covers: new Map() }, fast);
    const text = whyText(roofline, fast);
    expect(text).toContain("So memory holds them back, and few MACs do not make them fast.");
    expect(text).not.toContain("Both roofs are far");
    expect(text).toContain("would need 67 % of the measured time");
  });

  it("says on a processor that they move little for what they multiply", () => {
    const text = whyText(cpu.roofline, cpu.rates);
    expect(text).toContain("enough to keep this device multiplying");
    expect(text).not.toContain("memory alone");
  });

  it("names what multiplies nothing, and its share of the time", () => {
    const empty = graph.nodes.filter(({ op }) => !["conv2d", "depthwiseConv2d", "linear"].includes(op.kind));
    const share = Math.round((100 * empty.length) / graph.nodes.length);
    expect(whyText(cpu.roofline, cpu.rates)).toContain(`take ${share} % of the time`);
  });

  it("says nothing of depthwise convolutions where there are none", () => {
    const plain = graphOf(presetOf("metanext_tiny_identity").architecture);
    const msByNode = new Map(plain.nodes.map(({ id }) => [id, 1]));
    const roofline = rooflineOf(plain, { msByNode, covers: new Map() }, gpu.rates);
    expect(whyText(roofline, gpu.rates)).not.toContain("epthwise");
    expect(whyText(roofline, gpu.rates)).toMatch(/^\w[\w ]+ (are|is) [\d.]+ % of the MACs and/);
  });
});

it.each([
  ["conv2d", /^Pointwise convolutions are/],
  ["linear", /^Fully connected is/],
])("the first sentence is of what takes longest where nothing is depthwise: %s", (kind, words) => {
  const resnet = graphOf(resnet50);
  const msByNode = new Map(resnet.nodes.map(({ id, op }) => [id, op.kind === kind ? 1 : 0.001]));
  const roofline = rooflineOf(resnet, { msByNode, covers: new Map() }, gpu.rates);
  expect(whyText(roofline, gpu.rates)).toMatch(words);
});

describe("the charts of why", () => {
  it("have a dot, a name and a row for every operation that multiplies, and rows for the others", () => {
    const { nodes } = gpu.roofline;
    expect(rooflinePoints(nodes, 0.01)).toHaveLength(multiplying(nodes).length);
    expect(rooflineTable(nodes, 0.01).rows).toHaveLength(nodes.length);
    expect(rooflinePoints(nodes, 0.01)[0]?.label).toMatch(
      /^downsample_layers\.0\.0\nconvolution, 1\.00.ms\n.+ MACs\/s at .+ MACs a byte$/,
    );
    expect(rooflineLegend(nodes).map(({ label }) => label)).toEqual([
      "pointwise convolution",
      "depthwise convolution",
      "convolution",
      "fully connected",
    ]);
    expect(rooflineSummary(gpu.roofline, gpu.rates)).toContain(
      `${multiplying(nodes).length} operations multiply`,
    );
  });

  it("say of a time that the clock cannot tell that it is less than the clock tells, and draw no dot without one", () => {
    const [first, second] = gpu.roofline.nodes.filter(({ macs }) => macs > 0);
    if (!first || !second) throw new Error("The network has no operations.");
    const rates = { macsPerSecond: 1e13, bytesPerSecond: 1e11 };
    const msByNode = new Map([[first.id, 0.002] as const, [second.id, 0] as const]);
    const { nodes } = rooflineOf(graph, { ...timed, msByNode }, rates);
    expect(rooflinePoints(nodes, 0.01)).toMatchObject([
      { id: first.id, label: expect.stringContaining("less than 0.010") },
    ]);
    expect(rooflineTable(nodes, 0.01).rows.map(({ cells }) => cells[2])).toEqual(["< 0.010", "< 0.010"]);
  });

  it("tell the time of every kind, longest first", () => {
    const { byOperator } = gpu.roofline;
    const { columns, rows } = operatorTable(byOperator);
    expect(rows.map(({ id }) => id)).toEqual(byOperator.map(({ operator }) => operator));
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    expect(operatorSummary(byOperator)).toMatch(/^\w[\w ]+ \d+(\.\d+)?.ms, [\d.]+ %; /);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { paretoFront, parseAxis, parseValues, sweepPoints } from "./sweep.ts";

const atto = presetOf("inceptionnext_atto").architecture;

describe("an axis", () => {
  it.each([
    ["3,7,11", [3, 7, 11]],
    [" 3 , 7 ", [3, 7]],
    ["1/16, 1/8,0.25", [0.0625, 0.125, 0.25]],
    ["3..9:2", [3, 5, 7, 9]],
    ["3..8:2", [3, 5, 7]],
    ["2..4", [2, 3, 4]],
    ["0.1..0.3:0.1", [0.1, 0.2, 0.3]],
    ["1/16..1/4:1/16", [0.0625, 0.125, 0.1875, 0.25]],
    ["5,5,5", [5]],
  ])("of %s goes through %j", (text, values) => {
    expect(parseValues(text)).toEqual(values);
    expect(parseAxis(`stages[*].depth=${text}`)).toEqual({ path: "stages[*].depth", values });
  });

  it.each([
    ["3,x", "x is not a number."],
    ["3,", "A value is missing."],
    ["", "A value is missing."],
    ["1/0", "1/0 is not a number."],
    ["9..3", "A range goes upwards; 9 lies above 3."],
    ["3..9:0", "The step of a range must be above 0, not 0."],
    ["1..5000", "That is 5000 values; an axis has at most 1000."],
  ])("of %j is refused: %s", (text, message) => {
    expect(() => parseValues(text)).toThrow(message);
  });

  it("needs a path", () => {
    expect(() => parseAxis("3,7")).toThrow("written path=values");
  });
});

describe("the points of a sweep", () => {
  it("are every combination, the last field fastest", () => {
    const points = sweepPoints(atto, [
      { path: "stages[*].tokenMixer.bandKernelSize", values: [3, 7] },
      { path: "stages[2].depth", values: [1, 2] },
    ]);
    expect(points.map(({ values }) => Object.values(values))).toEqual([
      [3, 1],
      [3, 2],
      [7, 1],
      [7, 2],
    ]);
    const third = points[2];
    if (!third || !("architecture" in third)) throw new Error("The third point was refused.");
    expect(third.architecture.stages[2].depth).toBe(1);
    expect(third.architecture.stages[0].tokenMixer).toMatchObject({ bandKernelSize: 7 });
  });

  it("say why the schema refuses one, and of which field", () => {
    const [even, odd] = sweepPoints(atto, [{ path: "stages[*].tokenMixer.bandKernelSize", values: [4, 5] }]);
    expect(even).toMatchObject({ issues: [{ path: "stages[0].tokenMixer.bandKernelSize" }, {}, {}, {}] });
    expect(odd).toHaveProperty("architecture");
    const [unknown] = sweepPoints(atto, [{ path: "stages[*].tokenMixer.kernelSize", values: [3] }]);
    expect(unknown).toMatchObject({ issues: [{ message: expect.stringContaining("No such field") }] });
  });
});

describe("the Pareto front", () => {
  const point = fc.record({
    cost: fc.integer({ min: 0, max: 20 }),
    quality: fc.integer({ min: 0, max: 20 }),
  });
  type Point = { readonly cost: number; readonly quality: number };
  const front = (points: readonly Point[]) =>
    paretoFront(
      points,
      ({ cost }) => cost,
      ({ quality }) => quality,
    );
  const beats = (a: Point, b: Point) =>
    a.cost <= b.cost && a.quality >= b.quality && (a.cost < b.cost || a.quality > b.quality);

  it("is what no other point beats", () => {
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const best = front(points);
        for (const one of points) {
          const isBeaten = points.some((other) => beats(other, one));
          const isKept = best.some(({ cost, quality }) => cost === one.cost && quality === one.quality);
          expect(isKept).toBe(!isBeaten);
        }
      }),
    );
  });

  it("costs and gives more from point to point", () => {
    const points = [
      { cost: 3, quality: 5 },
      { cost: 1, quality: 1 },
      { cost: 2, quality: 1 },
      { cost: 4, quality: 5 },
    ];
    expect(front(points)).toEqual([points[1], points[0]]);
  });
});

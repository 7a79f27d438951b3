import { expect, it } from "vitest";
import { costOf } from "../analysis/cost.ts";
import { graphOf } from "../graph/network.ts";
import { paperFigures } from "./paperFigures.ts";

it.each(paperFigures)(
  "$id is the network of which the figures were published",
  ({ network, params, macs }) => {
    const { total } = costOf(graphOf(network));
    // They are printed with two or three digits, and not always rounded to the nearest.
    expect(Math.abs(total.params - params) / params).toBeLessThan(0.025);
    expect(Math.abs(total.macs - macs) / macs).toBeLessThan(0.025);
  },
);

it("holds the ratios that the paper is about", () => {
  const speed = (id: string) => paperFigures.find((row) => row.id === id);
  const [tiny, convnext] = [speed("inceptionnext_tiny"), speed("convnext_tiny")];
  expect((tiny?.imagesPerSecond ?? 0) / (convnext?.imagesPerSecond ?? 1)).toBeCloseTo(1.2, 2);
  expect((tiny?.trainImagesPerSecond ?? 0) / (convnext?.trainImagesPerSecond ?? 1)).toBeCloseTo(1.57, 2);
});

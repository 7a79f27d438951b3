import { describe, expect, it } from "vitest";
import {
  bytes,
  count,
  lessIsBetter,
  milliseconds,
  percent,
  perSecond,
  points,
  speed,
  textOf,
} from "./format.ts";

/** With plain spaces for thin ones. */
const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("numbers", () => {
  it.each([
    [count(0), "0"],
    [count(512), "512"],
    [count(4_155_056), "4.16 M"],
    [count(999_600), "1.00 M"],
    [count(502_000_000), "502 M"],
    [count(4_189_000_000), "4.19 G"],
    [bytes(933_548), "934 kB"],
    [bytes(112_300_000), "112 MB"],
    [milliseconds(0.01234), "0.012 ms"],
    [milliseconds(9.999), "10.0 ms"],
    [milliseconds(12.345), "12.3 ms"],
    [milliseconds(2376), "2376 ms"],
    [milliseconds(19_009), "19.0 s"],
    [perSecond(81.27), "81.3 images/s"],
    [percent(0), "0 %"],
    [percent(1), "100 %"],
    [percent(0.9999), "> 99.9 %"],
    [percent(0.00001), "< 0.1 %"],
    [percent(0.8222), "82.2 %"],
  ])("%j reads %j", (quantity, text) => {
    expect(plain(textOf(quantity))).toBe(text);
  });
});

describe("differences", () => {
  const words = { less: "fewer", more: "more" };

  it.each([
    [100, 100, "same", "same"],
    [88, 100, "12.0 % fewer", "better"],
    [131, 100, "31.0 % more", "worse"],
    [100_001, 100_000, "< 0.1 % more", "worse"],
    [2500, 100, "25.0× the baseline", "worse"],
    [0, 100, "100 % fewer", "better"],
    [5, 0, "more", "worse"],
  ])("%d against %d is %s", (value, baseline, text, verdict) => {
    const difference = lessIsBetter(value, baseline, words);
    expect({ ...difference, text: plain(difference.text) }).toMatchObject({ text, verdict });
  });

  it("say which way they go", () => {
    const directions = [lessIsBetter(1, 2, words), lessIsBetter(2, 1, words), speed(2), points(0.5, 0.4)];
    expect(directions.map(({ direction }) => direction)).toEqual(["down", "up", "down", "up"]);
  });

  it.each([
    [1, "same speed", "same"],
    [1.004, "same speed", "same"],
    [0.5, "2.00× faster", "better"],
    [1.31, "1.31× slower", "worse"],
    [1 / 25, "25.0× faster", "better"],
  ])("a time ratio of %d is %s", (ratio, text, verdict) => {
    expect(speed(ratio)).toMatchObject({ text, verdict });
  });

  it.each([
    [0.92, 0.9204, "same", "same"],
    [0.93, 0.92, "1.0 points higher", "better"],
    [0.5, 0.92, "42.0 points lower", "worse"],
  ])("an accuracy of %d against %d is %s", (value, baseline, text, verdict) => {
    expect(points(value, baseline)).toMatchObject({ text, verdict });
  });
});

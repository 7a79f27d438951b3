import { describe, expect, it } from "vitest";
import { accuracy, accuracyText, counted, isCounted, measured, ratio } from "./figures.ts";

describe("how an accuracy was obtained", () => {
  const found = { top1: 0.92, images: 1000 };

  it("names the images, how many were right, and the weights", () => {
    const text = accuracyText({
      ...found,
      provenance: { badge: "pretrained", carried: 1, dataset: "fashion-mnist" },
    });
    expect(text).toMatch(/^920 of 1.000 labelled test images of Fashion-MNIST right, with all weights from /);
  });

  it("says how much of the weights carried over", () => {
    const text = accuracyText({ ...found, provenance: { badge: "partly pretrained", carried: 0.873 } });
    expect(text).toMatch(/^920 of 1.000 labelled test images right, with 87\.3.% of the weights from /);
  });
});

it("takes as certain only what is counted", () => {
  expect(counted.every(({ id }) => isCounted(id))).toBe(true);
  expect([...measured, accuracy].some(({ id }) => isCounted(id))).toBe(false);
});

it("gives the verdict to the ratio alone", () => {
  expect(ratio.method).toContain("faster or slower");
  for (const { method } of [...counted, ...measured, accuracy]) expect(method).not.toMatch(/faster|slower/);
});

import { describe, expect, it } from "vitest";
import { badgeMeaning, badgeText, datasetName, shortLabel } from "./predictionWords.ts";

describe("labels", () => {
  it.each([
    ["tabby, tabby cat", "tabby"],
    ["Ankle boot", "Ankle boot"],
    ["", ""],
  ])("%j is %j for short", (label, short) => {
    expect(shortLabel(label)).toBe(short);
  });
});

describe("the badge", () => {
  it.each([
    [{ badge: "pretrained", carried: 1, dataset: "imagenet-1k" } as const, "Pretrained · ImageNet-1k"],
    [
      { badge: "partly pretrained", carried: 0.931, dataset: "fashion-mnist" } as const,
      "Partly pretrained (93.1 %) · Fashion-MNIST",
    ],
    [
      { badge: "partly pretrained", carried: 1, dataset: "fashion-mnist" } as const,
      "Edited, 100 % carried over · Fashion-MNIST",
    ],
    [{ badge: "partly pretrained", carried: 0.9999 } as const, "Partly pretrained (> 99.9 %)"],
    [{ badge: "untrained", carried: 0 } as const, "Untrained"],
  ])("of %j says %j", (provenance, text) => {
    expect(badgeText(provenance).replaceAll(/\s/g, " ")).toBe(text);
  });

  it("never calls an edited or untrained network's answers good", () => {
    expect(badgeMeaning({ badge: "untrained", carried: 0 })).toContain("mean nothing");
    expect(badgeMeaning({ badge: "partly pretrained", carried: 0.5 })).toContain("nonsense");
    const edited = badgeMeaning({ badge: "partly pretrained", carried: 1 });
    expect(edited).toContain("Every weight comes from the checkpoint");
    expect(edited).toContain("this is another one");
  });

  it("leaves unknown data sets as they are", () => {
    expect(datasetName("my-flowers")).toBe("my-flowers");
  });
});

import { describe, expect, it } from "vitest";
import { createEngineStore } from "../engine/engineStore.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { memorySite } from "../persistence/memory.testing.ts";
import { accuraciesFrom, accuraciesKey, keepAccuracies, keptOf } from "./accuracies.ts";

const [aa, bb] = ["aa".repeat(32), "bb".repeat(32)] as const;
const about = (top1: number, weights = aa, architecture = attoArchitecture) => ({
  architecture,
  weights,
  value: { top1, images: 1000, provenance: { badge: "pretrained", carried: 1 } as const },
});

const read = (stored: unknown) =>
  accuraciesFrom(accuraciesKey.parse(JSON.parse(JSON.stringify(stored))).value);

describe("accuracies that are kept", () => {
  it("come back with the network and the weights that they are of", () => {
    const accuracies = [about(0.5, bb), about(0.9), about(0.7, aa, attoOfDepth(3))];
    expect(read(keptOf(accuracies))).toEqual(accuracies);
  });

  it("come back where they were kept before the network had a family", () => {
    const [kept] = keptOf([about(0.9)]) as [object];
    const { family: _, ...rest } = attoArchitecture;
    expect(read([{ ...kept, architecture: { ...rest, version: 1 } }])).toEqual([about(0.9)]);
  });

  it("are none of weights that cannot be known again", () => {
    expect(keptOf([about(0.1, "untrained"), about(0.5, "mine.pth 1b9d6bcd"), about(0.9)])).toHaveLength(1);
  });

  it("are no more than a hundred, and nonsense is none", () => {
    const many = Array.from({ length: 120 }, (_, depth) => about(0.5, aa, attoOfDepth(depth + 1)));
    expect(keptOf(many)).toHaveLength(100);
    expect(read("nonsense")).toEqual([]);
    const [good] = keptOf([about(0.9)]) as [object];
    const bad = [{ ...good, top1: 2 }, { ...good, architecture: {} }, { ...good, weights: "w" }, 7];
    expect(read([good, ...bad])).toEqual([about(0.9)]);
  });
});

it("of two tabs are kept side by side, and those of this visit stay", async () => {
  const site = memorySite();
  const [here, there] = [createEngineStore(), createEngineStore()];
  for (const engine of [here, there]) keepAccuracies(engine, await site.open());
  const ofVisit = about(0.1, "untrained");
  here.setState({ accuracies: [about(0.9), ofVisit] });
  there.setState({ accuracies: [about(0.5, bb)] });
  await site.settled();
  const next = createEngineStore();
  keepAccuracies(next, await site.open());
  const shares = ({ accuracies }: ReturnType<typeof next.getState>) =>
    accuracies.map(({ value }) => value.top1).toSorted();
  expect(shares(next.getState())).toEqual([0.5, 0.9]);
  expect(shares(here.getState())).toEqual([0.1, 0.5, 0.9]);
});

import { describe, expect, it } from "vitest";
import type { WeightsInfo } from "../../model/engine/api.ts";
import { createEngineStore } from "../engine/engineStore.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.ts";
import { accuraciesFrom, accuraciesOf, identityOf, keepAccuracies, withAccuracies } from "./accuracies.ts";
import type { LibraryEntry } from "./library.ts";
import { createLibraryStore } from "./libraryStore.ts";

const about = (top1: number, architecture = attoArchitecture) => ({
  architecture,
  value: { top1, images: 1000, provenance: { badge: "pretrained", carried: 1 } as const },
});
const weights: WeightsInfo = { id: "w", kind: "manifest", origin: "this host", bytes: 1, verified: true };
const entry = (id: string, sha256: string): LibraryEntry => ({
  id,
  architecture: attoArchitecture,
  dataset: "fashion-mnist",
  classNames: [],
  preprocessing: { imageSize: 64, cropPct: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  licence: "a licence",
  source: "a source",
  sha256,
});

describe("accuracies that are kept", () => {
  it("come back for the same weights only", () => {
    const kept = withAccuracies(withAccuracies([], "aa", [about(0.9)]), "bb", [about(0.5)]);
    const stored = accuraciesFrom(JSON.parse(JSON.stringify(kept)));
    expect(accuraciesOf(stored, "aa")).toEqual([about(0.9)]);
    expect(accuraciesOf(stored, "bb")).toEqual([about(0.5)]);
    expect(accuraciesOf(stored, "cc")).toEqual([]);
  });

  it("come back where they were kept before the network had a family", () => {
    const [kept] = withAccuracies([], "aa", [about(0.9)]);
    const { family: _, ...rest } = attoArchitecture;
    const stored = accuraciesFrom([{ ...kept, architecture: { ...rest, version: 1 } }]);
    expect(accuraciesOf(stored, "aa")).toEqual([about(0.9)]);
  });

  it("give way to a newer one of the same network, whatever it is called", () => {
    const kept = withAccuracies([], "aa", [about(0.9), about(0.7, attoOfDepth(3))]);
    const renamed = withAccuracies(kept, "aa", [about(0.8, { ...attoArchitecture, name: "mine" })]);
    expect(accuraciesOf(renamed, "aa").map(({ value }) => value.top1)).toEqual([0.8, 0.7]);
  });

  it("are no more than a hundred, and nonsense is none", () => {
    const many = Array.from({ length: 120 }, (_, depth) => about(0.5, attoOfDepth(depth + 1)));
    expect(withAccuracies([], "aa", many)).toHaveLength(100);
    expect(accuraciesFrom("nonsense")).toEqual([]);
    const [good] = withAccuracies([], "aa", [about(0.9)]);
    expect(accuraciesFrom([good, { ...good, top1: 2 }, { ...good, architecture: {} }, 7])).toEqual([good]);
  });
});

it("tells weights by their hash, and none that could be others", () => {
  const entries = [entry("w", "aa")];
  expect(identityOf(weights, entries)).toBe("aa");
  expect(identityOf({ ...weights, verified: false }, entries)).toBeUndefined();
  expect(identityOf({ ...weights, id: "mine.safetensors" }, entries)).toBeUndefined();
  expect(identityOf(undefined, entries)).toBeUndefined();
});

it("gives the engine what it knows whenever weights are loaded", () => {
  const engine = createEngineStore();
  const library = createLibraryStore();
  library.setState({ entries: [entry("w", "aa"), entry("v", "bb")] });
  keepAccuracies(engine, library);
  const load = (id: string) => engine.setState({ weights: { ...weights, id }, accuracies: [] });
  load("w");
  engine.setState({ accuracies: [about(0.9)] });
  load("v");
  expect(engine.getState().accuracies).toEqual([]);
  load("w");
  expect(engine.getState().accuracies).toEqual([about(0.9)]);
});

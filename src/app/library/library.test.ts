import { describe, expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { bundledIn, isLarge, isPinned, type LibraryEntry, nearestTo, trainedIn } from "./library.ts";
import { isKept } from "./libraryStore.ts";

const entry = (id: string, architecture: Architecture, more: Partial<LibraryEntry>): LibraryEntry => ({
  id,
  architecture,
  dataset: "imagenet-1k",
  classNames: "imagenet-1k",
  preprocessing: { imageSize: 224, cropPct: 0.875, mean: [0, 0, 0], std: [1, 1, 1] },
  licence: "test",
  source: "test",
  ...more,
});

const [first, second, third, fourth] = attoArchitecture.stages;
const small: Architecture = {
  ...attoArchitecture,
  imageSize: 64,
  numClasses: 10,
  stages: [
    { ...first, dim: 16 },
    { ...second, dim: 32 },
    { ...third, dim: 64 },
    { ...fourth, dim: 128 },
  ],
};
const hub = { repo: "a/b", revision: "main", file: "model.safetensors" };
const library = [
  entry("tiny", presetOf("inceptionnext_tiny").architecture, { hub, bytes: 112_000_000 }),
  entry("atto", attoArchitecture, { hub, bytes: 17_000_000 }),
  entry("small", small, { file: "small.safetensors", testSet: { image: "a.png", labels: "a.json" } }),
];
const id = (found: LibraryEntry | undefined) => found?.id;

describe("the library of checkpoints", () => {
  it("finds what was trained in an architecture, whatever it is called", () => {
    expect(id(trainedIn(library, { ...attoArchitecture, name: "mine" }))).toBe("atto");
    expect(id(trainedIn(library, attoOfDepth(7)))).toBeUndefined();
  });

  it("knows what lies beside the page", () => {
    expect(id(bundledIn(library))).toBe("small");
    expect(bundledIn([])).toBeUndefined();
  });

  it("asks before large downloads only", () => {
    expect(library.filter(isLarge).map(id)).toEqual(["tiny"]);
  });

  it("knows whose hash is known beforehand, here and on the hub", () => {
    const pinned = [
      entry("bare", attoArchitecture, { hub }),
      entry("published", attoArchitecture, { hub, sha256: "a" }),
      entry("here", attoArchitecture, { file: "here.safetensors", fileSha256: "b" }),
      entry("here bare", attoArchitecture, { file: "here.safetensors" }),
    ].filter(isPinned);
    expect(pinned.map(id)).toEqual(["published", "here"]);
  });

  it("knows what is kept: by its hash, or by its id where none is pinned", () => {
    const file = { sha256: "a", id: "bare", bytes: 4 };
    expect(isKept(entry("bare", attoArchitecture, { hub }), [file])).toBe(true);
    expect(isKept(entry("other", attoArchitecture, { hub }), [file])).toBe(false);
    expect(isKept(entry("other", attoArchitecture, { hub, sha256: "a" }), [file])).toBe(true);
    // A newer publication under the same id is another file.
    expect(isKept(entry("bare", attoArchitecture, { hub, sha256: "b" }), [file])).toBe(false);
  });

  it("finds the nearest relative that need not ask", () => {
    expect(id(nearestTo(library, attoOfDepth(7)))).toBe("atto");
    expect(id(nearestTo(library, { ...small, numClasses: 1000 }))).toBe("small");
    expect(nearestTo(library, presetOf("inceptionnext_tiny").architecture)).toBeUndefined();
    expect(nearestTo(library, { ...attoArchitecture, norm: "layernorm" })).toBeUndefined();
  });
});

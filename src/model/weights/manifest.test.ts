import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { presets } from "../architecture/presets.ts";
import { elementCount } from "../graph/elementCount.ts";
import { graphOf, isFixed } from "../graph/network.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { parseManifest } from "./manifest.ts";
import { recogniseArchitecture } from "./recognise.ts";
import { bytesSource } from "./source.ts";
import { CheckpointError } from "./tensorMap.ts";

const folder = new URL("../../../public/weights/", import.meta.url);
const shipped: unknown = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
const { entries } = parseManifest(shipped);

describe("the shipped manifest", () => {
  it("lists the bundled network and the official ones", () => {
    expect(entries.map(({ id }) => id)).toEqual([
      "inception_next_yocto.fashion_mnist",
      "inception_next_atto.sail_in1k",
      "inception_next_tiny.sail_in1k",
      "inception_next_small.sail_in1k",
      "inception_next_base.sail_in1k",
      "inception_next_base.sail_in1k_384",
      "convnext_atto.d2_in1k",
      "convnext_tiny.fb_in1k",
      "resnet50.a1_in1k",
    ]);
  });

  it("pins what is known of the published files", () => {
    const pins = entries.map(({ id, hub, sha256 }) => [id, hub?.revision, sha256]);
    const known: readonly [id: string, commit: RegExp, sha256: string][] = [
      [
        "inception_next_tiny.sail_in1k",
        /^8452149dceb8b1860d255788ec6a73906da241a5$/,
        "738d3113a472e9ebc39eec21f52f8aec32fc479c7fdc4974c696caf0c065bfb6",
      ],
      // Of its commit only a part is known, which the hub does not resolve: the hash alone pins it.
      [
        "inception_next_base.sail_in1k",
        /^main$/,
        "71cf5594935bd9513e1350e3450c88332194fdaa7de96f3e69468e2f4f1da14e",
      ],
      ["resnet50.a1_in1k", /^93271f4/, "773525d5821de224f8f30c33377b7a795d7863e08522698200d3217d3f2a41bb"],
      [
        "convnext_atto.d2_in1k",
        /^0f23f6b/,
        "0f70bc49f1896c8c15af857d2d1d418abfaf097a62b4e29a35e6e65b752f5953",
      ],
    ];
    for (const [id, commit, sha256] of known) {
      expect(pins).toContainEqual([id, expect.stringMatching(commit), sha256]);
    }
  });

  it("describes the official networks as the presets do", () => {
    const known = presets.map(({ architecture }) => architecture);
    const official = entries.filter(
      ({ dataset, architecture }) => dataset === "imagenet-1k" && !isFixed(architecture),
    );
    expect(official.length).toBeGreaterThan(5);
    for (const { architecture } of official) expect(known).toContainEqual(architecture);
    for (const { architecture, preprocessing } of official) {
      const preset = presets.find(
        (candidate) => candidate.architecture.name === (architecture as { name?: string }).name,
      );
      expect(preprocessing.cropPct).toBe(preset?.cropPct);
      expect(preprocessing.imageSize).toBe(preset?.architecture.imageSize);
    }
  });

  it.each(entries)(
    "knows the size of $id well enough to ask",
    ({ architecture, bytes, approximateBytes }) => {
      const graph = graphOf(architecture);
      const elements = graph.nodes
        .flatMap(({ tensors }) => tensors)
        .reduce((sum, { shape }) => sum + elementCount(shape), 0);
      if (bytes === undefined)
        expect(Math.abs((approximateBytes ?? 0) / (4 * elements) - 1)).toBeLessThan(0.02);
      else expect(bytes).toBeGreaterThan(2 * elements);
    },
  );

  it("bundles a network that is what it says, with its test images", async () => {
    const [bundled] = entries;
    const file = new Uint8Array(readFileSync(new URL(bundled?.file ?? "", folder)));
    expect(file.length).toBe(bundled?.bytes);
    expect(createHash("sha256").update(file).digest("hex")).toBe(bundled?.sha256);
    const { tensors } = await readCheckpoint(bytesSource(file));
    const { architecture, missing, extra, misshaped } = recogniseArchitecture(tensors, { imageSize: 64 });
    expect({ ...(architecture as object), name: "InceptionNeXt-Y" }).toEqual(bundled?.architecture);
    expect([missing, extra, misshaped]).toEqual([[], [], []]);

    const labels = JSON.parse(readFileSync(new URL(bundled?.testSet?.labels ?? "", folder), "utf8"));
    expect(labels).toMatchObject({ tile: 28, columns: 40, count: 1000, classNames: bundled?.classNames });
    expect(labels.labels.length).toBe(1000);
    expect(new Set(labels.labels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    const sprite = readFileSync(new URL(bundled?.testSet?.image ?? "", folder));
    // Width and height in a PNG's first chunk.
    expect([sprite.readUInt32BE(16), sprite.readUInt32BE(20)]).toEqual([40 * 28, 25 * 28]);
  });
});

describe("parseManifest", () => {
  const [first] = (shipped as { entries: Record<string, unknown>[] }).entries;
  const withEntry = (changes: Record<string, unknown>) => ({
    version: 1,
    entries: [{ ...first, ...changes }],
  });
  it.each<[string, unknown, string]>([
    ["another version", { version: 2, entries: [] }, "version"],
    ["a hash that is none", withEntry({ sha256: "abc" }), "entries.0.sha256"],
    ["a path out of weights/", withEntry({ file: "../secret" }), "entries.0.file"],
    ["an address instead of a path", withEntry({ file: "https://example.org/x" }), "entries.0.file"],
    ["an unknown field", withEntry({ sha265: "typo" }), "sha265"],
    ["an impossible architecture", withEntry({ architecture: { version: 1 } }), "architecture"],
    ["no place to find the file", { version: 1, entries: [{ ...first, file: undefined }] }, "file"],
    ["the same id twice", { version: 1, entries: [first, first] }, "twice"],
  ])("refuses %s", (_, value, words) => {
    const parse = () => parseManifest(JSON.parse(JSON.stringify(value)));
    expect(parse).toThrow(CheckpointError);
    expect(parse).toThrow(words);
  });
});

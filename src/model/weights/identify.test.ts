import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { entryOfFile } from "./identify.ts";
import { type ManifestEntry, parseManifest } from "./manifest.ts";
import { bytesSource, type CheckpointSource } from "./source.ts";

const weights = new URL("../../../public/weights/", import.meta.url);
const { entries } = parseManifest(JSON.parse(readFileSync(new URL("manifest.json", weights), "utf8")));
const [bundled] = entries;
if (!bundled?.file || !bundled.bytes)
  throw new Error("The manifest does not begin with the bundled network.");
const bytes = new Uint8Array(readFileSync(new URL(bundled.file, weights)));
const sha256 = createHash("sha256").update(bytes).digest("hex");

/** The bundled file as an entry that knows only so much of it. */
function entryOf(changes: Partial<ManifestEntry>): ManifestEntry {
  const { bytes: _bytes, sha256: _hash, ...rest } = bundled as ManifestEntry;
  return { ...rest, id: "some", ...changes };
}

/** Counts the bytes that are read. */
function counted(source: CheckpointSource) {
  const count = { read: 0 };
  const slice: CheckpointSource["slice"] = (start, end) => {
    count.read += end - start;
    return source.slice(start, end);
  };
  return { count, source: { size: source.size, slice } };
}

describe("entryOfFile", () => {
  it("knows the bundled file among all that the manifest has", async () => {
    expect(await entryOfFile(bytesSource(bytes), entries)).toEqual({ entry: bundled, sha256 });
  });

  it("does not know a file of the same size with one other bit", async () => {
    const other = bytes.slice();
    other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1;
    expect(await entryOfFile(bytesSource(other), entries)).toBeUndefined();
  });

  it.each<[string, Partial<ManifestEntry>, boolean]>([
    ["a size that is nearly known", { approximateBytes: Math.round(bytes.length * 1.01), sha256 }, true],
    ["no known size", { sha256 }, true],
    [
      "a file on this host that is another than the hub's",
      { sha256: "0".repeat(64), fileBytes: bytes.length, fileSha256: sha256 },
      true,
    ],
    ["another size", { bytes: bytes.length - 1, sha256 }, false],
    ["a size that is far off", { approximateBytes: 2 * bytes.length, sha256 }, false],
    ["no known hash", { bytes: bytes.length }, false],
  ])("of an entry with %s", async (_, changes, isKnown) => {
    const entry = entryOf(changes);
    const { source, count } = counted(bytesSource(bytes));
    expect(await entryOfFile(source, [entry])).toEqual(isKnown ? { entry, sha256 } : undefined);
    // Nothing is read of a file that can't be the one.
    expect(count.read).toBe(isKnown ? bytes.length : 0);
  });
});

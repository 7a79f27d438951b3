import { afterEach, expect, it } from "vitest";
import { openCache } from "./cache.ts";
import { seededTensor } from "./seeded.ts";

/** The real Cache Storage of a browser; what a stand-in can't show is that it takes streams and made-up addresses. */
const cache = openCache();
const sha256 = "ab".repeat(32);

afterEach(() => cache.remove(sha256));

it("keeps a file of several pieces, lists it and removes it", async () => {
  const bytes = new Uint8Array(seededTensor("kept", [2_500_000]).buffer);
  expect(await cache.put({ sha256, id: "some", bytes: bytes.length }, bytes)).toBe(true);
  expect(await cache.list()).toContainEqual({ sha256, id: "some", bytes: bytes.length });
  const blob = await cache.get(sha256);
  expect(blob?.size).toBe(bytes.length);
  const kept = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer());
  expect(kept.every((byte, i) => byte === bytes[i])).toBe(true);
  await cache.remove(sha256);
  expect(await cache.get(sha256)).toBeUndefined();
});

import { expect, it } from "vitest";
import { memoryStorage } from "./cache.testing.ts";
import { openCache } from "./cache.ts";

const sha256 = "ab".repeat(32);
const bytes = Uint8Array.of(1, 2, 3);
const file = { sha256, id: "some", bytes: bytes.length };

it("keeps a file that another tab kept, where it can't be kept again", async () => {
  const storage = memoryStorage();
  const cache = openCache(storage);
  expect(await cache.put(file, bytes)).toBe(true);
  const full = await storage.open("");
  full.put = () => Promise.reject(new DOMException("Full", "QuotaExceededError"));
  expect(await cache.put(file, bytes)).toBe(false);
  expect((await cache.get(sha256))?.size).toBe(bytes.length);
  expect(await cache.list()).toEqual([file]);
});

it("keeps what was there where its successor can't be kept", async () => {
  const cache = openCache(memoryStorage(10));
  await cache.put(file, bytes);
  const successor = { ...file, sha256: "cd".repeat(32), bytes: 20 };
  expect(await cache.put(successor, new Uint8Array(20))).toBe(false);
  expect(await cache.list()).toEqual([file]);
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memoryStorage } from "./cache.testing.ts";
import { openCache, type WeightsCache } from "./cache.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { Patience } from "./download.ts";
import { type HubStandIn, startHubStandIn } from "./hubStandIn.testing.ts";
import { fetchManifest, type LoadOptions, largeDownload, loadEntry } from "./load.ts";
import { type ManifestEntry, parseManifest } from "./manifest.ts";
import { writeSafetensors } from "./safetensors.ts";
import { bytesSource } from "./source.ts";
import type { TensorMap } from "./tensorMap.ts";

const file = new Uint8Array(
  readFileSync(new URL("./fixtures/checkpoints/micro.f16.safetensors", import.meta.url)),
);
const float32 = new Uint8Array(
  readFileSync(new URL("./fixtures/checkpoints/micro.safetensors", import.meta.url)),
);
const sha256 = createHash("sha256").update(file).digest("hex");
const patience: Patience = { attempts: 2, backOff: 5, longestWait: 20, stall: 200 };
const shipped = readFileSync(new URL("../../../public/weights/manifest.json", import.meta.url));
const path = "timm/micro/main/model.safetensors";

let hub: HubStandIn;
let site: Server;
let pages: Map<string, Uint8Array>;
let options: LoadOptions;
let cache: WeightsCache;
beforeAll(async () => {
  hub = await startHubStandIn();
  site = createServer((request, response) => {
    const page = pages.get(request.url ?? "");
    response.writeHead(page ? 200 : 404).end(page);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  site.close();
  await hub.close();
});
beforeEach(() => {
  pages = new Map();
  cache = openCache(memoryStorage());
  const { port } = site.address() as AddressInfo;
  options = { site: `http://127.0.0.1:${port}/sub/`, hub: hub.url, cache, patience };
  hub.put(path, { bytes: file });
});

/** An entry for the micro network; `file` and `hub` as wanted. */
function entryOf(changes: Partial<ManifestEntry>): ManifestEntry {
  const [first] = parseManifest(JSON.parse(shipped.toString())).entries;
  if (!first) throw new Error("The manifest is empty.");
  const { file: _, bytes: _bytes, sha256: _hash, ...rest } = first;
  return { ...rest, id: "micro", ...changes };
}
const onHub = { hub: { repo: "timm/micro", revision: "main", file: "model.safetensors" } };

describe("loadEntry", () => {
  it("takes the file on this host first", async () => {
    pages.set("/sub/weights/micro.safetensors", file);
    const before = hub.requests.length;
    const loaded = await loadEntry(
      entryOf({ ...onHub, file: "micro.safetensors", bytes: file.length, sha256 }),
      options,
    );
    expect(loaded).toMatchObject({ origin: "same host", pinned: true, sha256, bytes: file.length });
    expect(loaded.recognition.tensors.has("stem.0.weight")).toBe(true);
    expect(hub.requests.length).toBe(before);
  });

  it("goes to the hub where this host has it not, keeps it, and then needs no network", async () => {
    const entry = entryOf({ ...onHub, file: "micro.safetensors", sha256 });
    expect(await loadEntry(entry, options)).toMatchObject({ origin: "hub", pinned: true, kept: true });
    expect(await cache.list()).toEqual([{ id: "micro", sha256, bytes: file.length }]);
    const before = hub.requests.length;
    const again = await loadEntry(entry, options);
    expect(again).toMatchObject({ origin: "cache", sha256, bytes: file.length });
    expect(again.recognition.tensors.size).toBeGreaterThan(100);
    expect(hub.requests.length).toBe(before);
    await cache.remove(sha256);
    expect(await cache.list()).toEqual([]);
    expect(await loadEntry(entry, options)).toMatchObject({ origin: "hub" });
  });

  it("compares a file that is not pinned with the hub's pointer, and finds it again without a network", async () => {
    expect(await loadEntry(entryOf(onHub), options)).toMatchObject({ origin: "hub", pinned: false, sha256 });
    hub.put(path, { bytes: file, fault: "broken" });
    expect(await loadEntry(entryOf(onHub), options)).toMatchObject({
      origin: "cache",
      pinned: false,
      sha256,
    });
  });

  it("keeps nothing that is not what it should be", async () => {
    hub.put(path, { bytes: file, fault: "altered" });
    await expect(loadEntry(entryOf(onHub), options)).rejects.toMatchObject({ code: "wrongHash" });
    await expect(loadEntry(entryOf({ ...onHub, sha256 }), options)).rejects.toMatchObject({
      code: "wrongHash",
    });
    expect(await cache.list()).toEqual([]);
  });

  it.each([0, 1, 3, 4])(
    "needs no second copy of the tensors where the header has %i bytes more",
    async (more) => {
      const bytes = withLongerHeader(float32, more);
      hub.put(path, { bytes });
      const { recognition } = await loadEntry(entryOf(onHub), options);
      const buffers = new Set([...recognition.tensors.values()].map(({ data }) => data.buffer));
      expect(buffers.size).toBe(1);
      for (const buffer of buffers) expect(buffer.byteLength).toBeLessThanOrEqual(bytes.length + 8);
      const { tensors } = await readCheckpoint(bytesSource(float32));
      for (const [key, { data }] of recognition.tensors)
        expect(same(data, tensors.get(key)?.data), key).toBe(true);
      // What is kept is the file as it came.
      const [kept] = await cache.list();
      const blob = await cache.get(kept?.sha256 ?? "");
      expect(same(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer()), bytes)).toBe(true);
    },
  );

  it("keeps no file that holds no whole network, so that a better one can follow", async () => {
    const { tensors } = await readCheckpoint(bytesSource(file));
    const partial = new Map(tensors);
    partial.delete("stages.0.blocks.0.gamma");
    const [html, stranger, part] = [
      new TextEncoder().encode("<html>Sign in</html>"),
      written(new Map([["encoder.weight", { shape: [1], data: Float32Array.of(1) }]])),
      written(partial),
    ];
    for (const [bytes, code] of [
      [html, "notCheckpoint"],
      [stranger, "wrongArchitecture"],
    ] as const) {
      hub.put(path, { bytes });
      await expect(loadEntry(entryOf(onHub), options)).rejects.toMatchObject({ code });
    }
    hub.put(path, { bytes: part });
    const loaded = await loadEntry(entryOf(onHub), options);
    expect(loaded.recognition.missing).toEqual(["stages.0.blocks.0.gamma"]);
    expect(loaded.kept).toBe(false);
    expect(await cache.list()).toEqual([]);
    hub.put(path, { bytes: file });
    expect(await loadEntry(entryOf(onHub), options)).toMatchObject({ origin: "hub", kept: true });
  });

  it("drops a kept file that can't be used any more, and fetches it again", async () => {
    const damaged = file.slice().fill(0, 0, 100);
    expect(await cache.put({ id: "micro", sha256, bytes: damaged.length }, damaged)).toBe(true);
    expect(await loadEntry(entryOf(onHub), options)).toMatchObject({ origin: "hub", kept: true });
    expect(await loadEntry(entryOf(onHub), options)).toMatchObject({ origin: "cache" });
  });

  it("does not go elsewhere when the file on this host is a wrong one", async () => {
    pages.set("/sub/weights/micro.safetensors", file.slice(0, 1000));
    const entry = entryOf({ ...onHub, file: "micro.safetensors", sha256 });
    await expect(loadEntry(entry, options)).rejects.toMatchObject({ code: "wrongHash" });
  });

  it("checks a file on this host by its own hash where it is another one than the hub's", async () => {
    pages.set("/sub/weights/micro.safetensors", file);
    const other = "0".repeat(64);
    const entry = entryOf({
      ...onHub,
      file: "micro.safetensors",
      sha256: other,
      fileSha256: sha256,
      fileBytes: file.length,
    });
    expect(await loadEntry(entry, options)).toMatchObject({ origin: "same host", pinned: true, sha256 });
    await expect(loadEntry({ ...entry, fileSha256: other }, options)).rejects.toMatchObject({
      code: "wrongHash",
    });
  });

  it("uses the file once where storage is missing, denied or full", async () => {
    const denied = {
      open: () => Promise.reject(new DOMException("Denied", "SecurityError")),
    } as unknown as CacheStorage;
    for (const broken of [openCache(undefined), openCache(denied), openCache(memoryStorage(1000))]) {
      const loaded = await loadEntry(entryOf(onHub), { ...options, cache: broken });
      expect(loaded).toMatchObject({ origin: "hub", kept: false });
      expect(await broken.list()).toEqual([]);
    }
  });

  it("keeps one file of an entry: what was published before goes when its successor is kept", async () => {
    const others = { id: "other", sha256: "0".repeat(64), bytes: 3 };
    await cache.put(others, Uint8Array.of(1, 2, 3));
    hub.put(path, { bytes: float32 });
    const old = createHash("sha256").update(float32).digest("hex");
    await loadEntry(entryOf({ ...onHub, sha256: old }), options);
    expect((await cache.list()).map((kept) => kept.sha256)).toEqual([others.sha256, old]);
    hub.put(path, { bytes: file });
    await loadEntry(entryOf({ ...onHub, sha256 }), options);
    expect(await cache.list()).toEqual([others, { id: "micro", sha256, bytes: file.length }]);
  });

  it("ends with the caller's reason where it is aborted while the file is kept", async () => {
    const controller = new AbortController();
    const reason = new Error("Enough.");
    const aborting: WeightsCache = {
      ...cache,
      put: (kept, bytes) => {
        controller.abort(reason);
        return cache.put(kept, bytes);
      },
    };
    const ended = loadEntry(entryOf(onHub), { ...options, cache: aborting, signal: controller.signal });
    await expect(ended).rejects.toBe(reason);
    // What is there is there: the next time needs no network.
    expect(await cache.list()).toEqual([{ id: "micro", sha256, bytes: file.length }]);
    const kept = loadEntry(entryOf(onHub), { ...options, signal: controller.signal });
    await expect(kept).rejects.toBe(reason);
    expect(await cache.list()).toHaveLength(1);
  });

  it("asks before a download of over 50 MB", async () => {
    const large = entryOf({ ...onHub, sha256, approximateBytes: largeDownload + 1 });
    const before = hub.requests.length;
    await expect(loadEntry(large, options)).rejects.toMatchObject({ code: "declined" });
    await expect(loadEntry(large, { ...options, allowLarge: () => false })).rejects.toMatchObject({
      code: "declined",
    });
    expect(hub.requests.length).toBe(before);
    const asked: number[] = [];
    const allowLarge = (bytes: number) => asked.push(bytes) > 0;
    expect(await loadEntry(large, { ...options, allowLarge })).toMatchObject({ origin: "hub" });
    expect(asked).toEqual([largeDownload + 1]);
  });

  it("says what is wrong with a file that is no checkpoint", async () => {
    hub.put(path, { bytes: new TextEncoder().encode("<html>Sign in</html>") });
    await expect(loadEntry(entryOf(onHub), options)).rejects.toMatchObject({
      code: "notCheckpoint",
      message: expect.stringContaining("web page"),
    });
  });
});

/** With spaces at the end of the header, as some writers leave it. */
function withLongerHeader(bytes: Uint8Array, more: number): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const start = new Uint8Array(8);
  new DataView(start.buffer).setUint32(0, length + more, true);
  const header = bytes.subarray(8, 8 + length);
  return Buffer.concat([start, header, new Uint8Array(more).fill(0x20), bytes.subarray(8 + length)]);
}

/** Bit for bit. */
function same(a: ArrayBufferView, b: ArrayBufferView | undefined): boolean {
  const [left, right] = [a, b ?? new Uint8Array()].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
  );
  return left?.equals(right ?? Buffer.alloc(0)) ?? false;
}

function written(tensors: TensorMap): Uint8Array {
  return Buffer.concat(writeSafetensors(tensors));
}

describe("fetchManifest", () => {
  it("reads the manifest below the page", async () => {
    pages.set("/sub/weights/manifest.json", shipped);
    expect((await fetchManifest(options.site, { patience })).entries.length).toBe(9);
  });

  it("says what is wrong with it", async () => {
    await expect(fetchManifest(options.site, { patience })).rejects.toMatchObject({ code: "notFound" });
    pages.set("/sub/weights/manifest.json", new TextEncoder().encode("<html>"));
    await expect(fetchManifest(options.site, { patience })).rejects.toMatchObject({ code: "badManifest" });
  });
});

/**
 * @file Keeps verified checkpoints in the browser's Cache Storage, under their hash.
 *
 * Storage may be missing (Node, pages without TLS), denied or full: then nothing is kept, and the file is used this once.
 */

/** A kept file. */
export interface CachedFile {
  readonly sha256: string;
  /** Id in the manifest when it was kept. */
  readonly id: string;
  readonly bytes: number;
}

export interface WeightsCache {
  /** Nothing where it is not kept. The blob's bytes stay on the disk until they are read. */
  get(sha256: string): Promise<Blob | undefined>;
  /** Keeps a verified file, in the place of an earlier one of its id. False where it could not be kept. */
  put(file: CachedFile, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  list(): Promise<readonly CachedFile[]>;
  remove(sha256: string): Promise<void>;
}

const cacheName = "inceptionnext-weights-1";
/** Keys must be addresses; nothing is ever fetched from this one. */
const keyBase = "https://weights.invalid/sha256/";
const chunkBytes = 4 * 2 ** 20;

/** @param storage The browser's, where there is one. */
export function openCache(storage: CacheStorage | undefined = globalThis.caches): WeightsCache {
  const withCache = async <T>(use: (cache: Cache) => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return storage ? await use(await storage.open(cacheName)) : otherwise;
    } catch {
      // Denied (private windows, blocked storage) or over the quota.
      return otherwise;
    }
  };
  const remove = (sha256: string) =>
    withCache(async (cache) => void (await cache.delete(keyBase + sha256)), undefined);
  const list = () => withCache(async (cache) => Promise.all((await cache.keys()).map(recordIn(cache))), []);
  return {
    get: (sha256) =>
      withCache(async (cache) => {
        const response = await cache.match(keyBase + sha256);
        const blob = await response?.blob();
        return blob?.size === Number(response?.headers.get("X-Bytes")) ? blob : undefined;
      }, undefined),
    put: async ({ sha256, id, bytes: size }, bytes) => {
      const headers = { "X-Id": id, "X-Bytes": `${size}` };
      const kept = await withCache(async (cache) => {
        await cache.put(keyBase + sha256, new Response(streamOf(bytes), { headers }));
        return true;
      }, false);
      // Where it failed, nothing has changed: another tab may have kept the same file meanwhile.
      if (!kept) return false;
      const stale = (await list()).filter((file) => file.id === id && file.sha256 !== sha256);
      for (const file of stale) await remove(file.sha256);
      return true;
    },
    list,
    remove,
  };
}

function recordIn(cache: Cache): (request: Request) => Promise<CachedFile> {
  return async (request) => {
    const headers = (await cache.match(request))?.headers;
    const sha256 = request.url.slice(keyBase.length);
    return { sha256, id: headers?.get("X-Id") ?? sha256, bytes: Number(headers?.get("X-Bytes")) };
  };
}

/** In pieces, so that storing does not take the whole file's memory again. */
function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, at + chunkBytes));
      else controller.close();
      at += chunkBytes;
    },
  });
}

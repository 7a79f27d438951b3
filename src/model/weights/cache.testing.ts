/** @file A stand-in for the browser's Cache Storage. */

/** As much of it as is used, in memory. `quota` is the most bytes that one file may have. */
export function memoryStorage(quota = Number.POSITIVE_INFINITY): CacheStorage {
  const kept = new Map<string, { body: Blob; headers: Headers }>();
  const cache = {
    put: async (url: string, response: Response) => {
      const body = await response.blob();
      if (body.size > quota) throw new DOMException("Full", "QuotaExceededError");
      kept.set(url, { body, headers: response.headers });
    },
    match: async (key: string | Request) => {
      const found = kept.get(typeof key === "string" ? key : key.url);
      return found && new Response(found.body, { headers: found.headers });
    },
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
    delete: async (url: string) => kept.delete(url),
  };
  return { open: async () => cache } as unknown as CacheStorage;
}

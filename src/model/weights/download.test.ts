import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { download, type Patience } from "./download.ts";
import { fetchPointer, resolveUrl } from "./hub.ts";
import { type HubStandIn, type StandInFile, startHubStandIn } from "./hubStandIn.testing.ts";
import { seededTensor } from "./seeded.ts";
import { Sha256 } from "./sha256.ts";
import { CheckpointError, type CheckpointErrorCode } from "./tensorMap.ts";

const content = new Uint8Array(seededTensor("content", [50_000]).buffer);
const sha256 = createHash("sha256").update(content).digest("hex");
const expected = { bytes: content.length, sha256 };
const patience: Patience = { attempts: 3, backOff: 5, longestWait: 50, stall: 200 };
const file = { repo: "timm/some", revision: "abc", file: "model.safetensors" };

const isContent = (bytes: Uint8Array) => Buffer.compare(bytes, content) === 0;

let hub: HubStandIn;
beforeAll(async () => {
  hub = await startHubStandIn();
});
afterAll(() => hub.close());

/** Serves the content with these faults, and gives the address and what was asked for. */
function serve(options: Partial<StandInFile> = {}) {
  hub.put("timm/some/abc/model.safetensors", { bytes: content, ...options });
  const start = hub.requests.length;
  return { url: resolveUrl(hub.url, file), requests: () => hub.requests.slice(start) };
}

async function failureOf(promise: Promise<unknown>): Promise<CheckpointError> {
  const error = await promise.then(
    () => new Error("It did not fail."),
    (reason: unknown) => reason,
  );
  if (error instanceof CheckpointError) return error;
  throw error;
}

describe("download", () => {
  it("follows the redirect and reports its progress", async () => {
    const progress: [number, number | undefined][] = [];
    const { url, requests } = serve();
    const { bytes, sha256: hash } = await download(url, expected, {
      // Its server never stalls, so a machine that is held up must not pass for one that does.
      patience: { ...patience, stall: 60_000 },
      onReceived: (received, total) => progress.push([received, total]),
    });
    expect(isContent(bytes)).toBe(true);
    expect(hash).toBe(sha256);
    expect(progress[0]).toEqual([0, content.length]);
    expect(progress.at(-1)).toEqual([content.length, content.length]);
    expect(requests()).toEqual([
      {
        method: "GET",
        path: "/timm/some/resolve/abc/model.safetensors",
        range: undefined,
        referrer: undefined,
      },
    ]);
  });

  it("needs neither size nor hash", async () => {
    expect(isContent((await download(serve().url, {}, { patience })).bytes)).toBe(true);
  });

  it("resumes through the original address where the connection breaks", async () => {
    const { url, requests } = serve({ fault: "cut", times: 2 });
    expect(isContent((await download(url, expected, { patience })).bytes)).toBe(true);
    expect(requests().map(({ range }) => range !== undefined)).toEqual([false, true, true]);
    expect(requests()[1]?.range).toBe("bytes=100000-");
  });

  it("resumes after a stall", async () => {
    const { url, requests } = serve({ fault: "stall", times: 1 });
    expect(isContent((await download(url, expected, { patience })).bytes)).toBe(true);
    expect(requests().length).toBe(2);
  });

  it("starts again where the server knows no ranges", async () => {
    const { url } = serve({ fault: "cut", times: 1, ranges: false });
    expect(isContent((await download(url, expected, { patience })).bytes)).toBe(true);
  });

  it.each(["busy", "broken"] as const)("comes again to a server that is %s", async (fault) => {
    const { url, requests } = serve({ fault, times: 2 });
    expect(isContent((await download(url, expected, { patience })).bytes)).toBe(true);
    expect(requests().length).toBe(3);
  });

  it.each<[NonNullable<StandInFile["fault"]>, CheckpointErrorCode, string]>([
    ["missing", "notFound", "(404). Check the name and the commit"],
    ["refused", "refused", "(403). Fetch the file in a browser or with `npm run weights`"],
    ["busy", "unavailable", "(429). Wait a minute and retry"],
    ["broken", "unavailable", "(503). Wait a minute and retry"],
    ["truncated", "truncated", "100000 bytes on the server instead of 200000. Fetch or copy the file again"],
    ["altered", "wrongHash", `not ${sha256.slice(0, 12)}. Fetch it again`],
    ["stall", "unavailable", "stopped sending model.safetensors. Wait a minute and retry"],
  ])("gives up on a file that is always %s: %s", async (fault, code, words) => {
    const error = await failureOf(download(serve({ fault }).url, expected, { patience }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  it("calls a file that is longer than published by its name", async () => {
    const error = await failureOf(download(serve().url, { bytes: 1000 }, { patience }));
    expect(error).toMatchObject({
      code: "wrongHash",
      message: expect.stringContaining("longer than the published 1000"),
    });
  });

  it("is offline where nobody answers", async () => {
    const closed = await startHubStandIn();
    await closed.close();
    const error = await failureOf(download(resolveUrl(closed.url, file), expected, { patience }));
    expect(error.code).toBe("offline");
  });

  it("tells a page's answer without CORS headers from a missing network", async () => {
    vi.stubGlobal("location", new URL("https://page.example/app/"));
    const modes: unknown[] = [];
    const answering = async (_: string, init: RequestInit) => {
      modes.push(init.mode ?? "cors");
      if (init.mode !== "no-cors") throw new TypeError("Failed to fetch");
      return new Response(null);
    };
    vi.stubGlobal("fetch", answering);
    const error = await failureOf(download("https://hub.example/a/b", expected, { patience }));
    expect(error).toMatchObject({ code: "refused", message: expect.stringContaining("hub.example answers") });
    // Once more before judging: the first failure may have been an accident.
    expect(modes).toEqual(["cors", "cors", "no-cors"]);
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
    expect(await failureOf(download("https://hub.example/a/b", expected, { patience }))).toMatchObject({
      code: "offline",
    });
    vi.unstubAllGlobals();
  });

  describe("on a clock of its own", () => {
    const url = "https://hub.example/a/model.safetensors";
    /** Milliseconds until the download with the usual patience ends, and how. */
    async function ending(fetch: (init: RequestInit) => Promise<Response>) {
      vi.useFakeTimers();
      vi.stubGlobal("fetch", (_: string, init: RequestInit) => fetch(init));
      const start = Date.now();
      const ended = failureOf(download(url, {})).then((error) => ({ error, ms: Date.now() - start }));
      await vi.runAllTimersAsync();
      return ended;
    }
    afterEach(() => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    });
    const unreachable = () => Promise.reject(new TypeError("Failed to fetch"));
    const hanging = ({ signal }: RequestInit) =>
      new Promise<Response>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

    it("says within two seconds that nobody can be reached, after a second try", async () => {
      let requests = 0;
      const { error, ms } = await ending(({ mode }) => {
        if (mode !== "no-cors") requests += 1;
        return unreachable();
      });
      expect(error).toMatchObject({
        code: "offline",
        message: expect.stringContaining("hub.example can't be"),
      });
      expect(requests).toBe(2);
      expect(ms).toBeLessThan(2000);
    });

    it("says at once that the machine is offline", async () => {
      vi.stubGlobal("navigator", { onLine: false });
      const { error, ms } = await ending(unreachable);
      expect(error.code).toBe("offline");
      expect(ms).toBe(0);
    });

    it("waits for a host that does not answer, but not for long", async () => {
      const { error, ms } = await ending(hanging);
      expect(error).toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("does not answer"),
      });
      expect(ms).toBeLessThan(30_000);
    });

    it("backs off at length from a host that is busy", async () => {
      const { error, ms } = await ending(async () => new Response("", { status: 429 }));
      expect(error.code).toBe("unavailable");
      expect(ms).toBe(500 + 1000 + 2000);
    });

    it("backs off at length where the connection broke within the file", async () => {
      let requests = 0;
      const { error, ms } = await ending(async () => {
        requests += 1;
        if (requests > 1) return unreachable();
        const body = new ReadableStream({
          start: (controller) => controller.enqueue(new Uint8Array(10)),
          pull: (controller) => controller.error(new TypeError("network error")),
        });
        return new Response(body, { headers: { "Content-Length": "20" } });
      });
      expect(error).toMatchObject({ code: "offline", message: expect.stringContaining("broke off") });
      expect(requests).toBe(4);
      expect(ms).toBe(500 + 1000 + 2000);
    });
  });

  describe("from a server that", () => {
    const url = "https://hub.example/a/model.safetensors";
    /** Part of the content, as an answer that may break off before its end. */
    function answer(
      start: number,
      end: number,
      headers: Record<string, string>,
      breaksOff = false,
    ): Response {
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(content.slice(start, end));
          if (breaksOff) setTimeout(() => controller.error(new TypeError("network error")));
          else controller.close();
        },
      });
      return new Response(body, { status: "Content-Range" in headers ? 206 : 200, headers });
    }
    const contentRange = (start: number) => ({
      "Content-Range": `bytes ${start}-${content.length - 1}/${content.length}`,
    });
    /** Answers in turn; the last one again and again. The ranges that were asked for are noted. */
    function servedBy(...answers: readonly (() => Response)[]) {
      const ranges: (string | undefined)[] = [];
      vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
        ranges.push(new Headers(init.headers).get("Range") ?? undefined);
        return answers[Math.min(ranges.length, answers.length) - 1]?.();
      });
      return ranges;
    }
    afterEach(() => void vi.unstubAllGlobals());

    it("continues at another place than asked, begins again", async () => {
      const ranges = servedBy(
        () => answer(0, 1000, {}, true),
        () => answer(400, content.length, contentRange(400)),
        () => answer(0, content.length, {}),
      );
      expect(isContent((await download(url, {}, { patience })).bytes)).toBe(true);
      expect(ranges).toEqual([undefined, "bytes=1000-", undefined]);
    });

    it("has another file by now, begins again", async () => {
      const ranges = servedBy(
        () => answer(50_000, 51_000, { ETag: '"old"' }, true),
        () => answer(1000, content.length, { ...contentRange(1000), ETag: '"new"' }),
        () => answer(0, content.length, { ETag: '"new"' }),
      );
      expect(isContent((await download(url, {}, { patience })).bytes)).toBe(true);
      expect(ranges).toEqual([undefined, "bytes=1000-", undefined]);
    });

    it("has a file of another size by now, begins again", async () => {
      servedBy(
        () => answer(50_000, 51_000, { "Content-Length": "5000" }, true),
        () => answer(1000, content.length, contentRange(1000)),
        () => answer(0, content.length, {}),
      );
      expect(isContent((await download(url, {}, { patience })).bytes)).toBe(true);
    });

    it("begins again each time and breaks off now here, now there, is given up", async () => {
      let requests = 0;
      servedBy(() => answer(0, requests++ % 2 === 0 ? 70_000 : 40_000, {}, true));
      const ended = failureOf(download(url, expected, { patience }));
      expect((await ended).code).toBe("offline");
      expect(requests).toBeLessThan(10);
    });
  });

  it("hands on what its caller throws, and asks for nothing again", async () => {
    const reason = new Error("The caller's.");
    const { url, requests } = serve();
    const ended = download(url, expected, {
      patience,
      onReceived: () => {
        throw reason;
      },
    });
    await expect(ended).rejects.toBe(reason);
    expect(requests().length).toBe(1);
  });

  it("stops at once when it is aborted, with the caller's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("Enough.");
    const promise = download(serve({ fault: "stall" }).url, expected, {
      signal: controller.signal,
      patience: { ...patience, stall: 60_000 },
      onReceived: (received) => {
        if (received > 0) controller.abort(reason);
      },
    });
    await expect(promise).rejects.toBe(reason);
  });

  it("reads an answer whose length is that of its compressed form", async () => {
    const { gzipSync } = await import("node:zlib");
    const text = "class names, ".repeat(1000);
    const body = gzipSync(text);
    const server = createServer((_, response) =>
      response.writeHead(200, { "Content-Encoding": "gzip", "Content-Length": body.length }).end(body),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { bytes } = await download(`http://127.0.0.1:${port}/`, {}, { patience });
    expect(new TextDecoder().decode(bytes)).toBe(text);
    server.close();
  });
});

describe("the hub", () => {
  it("announces size and hash in its pointer", async () => {
    serve();
    expect(await fetchPointer(hub.url, file, { patience })).toEqual(expected);
  });

  it("is asked for the pointer of a file whose owner has the name of a verb", async () => {
    const twisted = { ...file, repo: "resolve/some" };
    hub.put("resolve/some/abc/model.safetensors", { bytes: content });
    expect(await fetchPointer(hub.url, twisted, { patience })).toEqual(expected);
  });

  it("is addressed by commit, with or without a slash at the end", () => {
    const url = "https://huggingface.co/timm/some/resolve/abc/model.safetensors";
    expect(resolveUrl("https://huggingface.co", file)).toBe(url);
    expect(resolveUrl("https://huggingface.co/", file)).toBe(url);
  });
});

describe("Sha256", () => {
  it("agrees with Node's, in any pieces", () => {
    for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 100_003]) {
      const bytes = content.subarray(0, length);
      const hash = new Sha256();
      for (let at = 0; at < length; at += 37) hash.update(bytes.subarray(at, at + 37));
      expect(hash.digest(), `${length} bytes`).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });
});

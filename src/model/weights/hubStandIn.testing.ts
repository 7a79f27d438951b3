/**
 * @file A stand-in for the weights hub on loopback, for tests: `/resolve` redirects to a second port, `/raw` gives the
 * LFS pointer, and each file can be given faults. Runs in Node only.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * - `missing`: 404, and no CORS headers on it; `refused`: 403;
 * - `busy`: 429; `broken`: 503;
 * - `truncated`: half of the file, said to be all; `altered`: one byte changed;
 * - `cut`: the connection breaks in mid-file; `stall`: the first half, then nothing more.
 */
export type Fault = "missing" | "refused" | "busy" | "broken" | "truncated" | "altered" | "cut" | "stall";

export interface StandInFile {
  readonly bytes: Uint8Array;
  readonly fault?: Fault;
  /** Requests that the fault spoils; all of them where absent. */
  readonly times?: number;
  /** False: the whole file, whatever range was asked for. */
  readonly ranges?: boolean;
}

export interface HubStandIn {
  /** Base address. */
  readonly url: string;
  /** Base address of where `/resolve` redirects to. */
  readonly storage: string;
  /** Every request: method, path, and what of its headers matters. */
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly range: string | undefined;
    /** None may be sent: the hub has no business with where the page is. */
    readonly referrer: string | undefined;
  }[];
  /** @param path As `timm/name/main/model.safetensors`: repository, revision, file. */
  put(path: string, file: StandInFile): void;
  close(): Promise<void>;
}

interface Stored extends StandInFile {
  left: number;
}

export async function startHubStandIn(): Promise<HubStandIn> {
  const files = new Map<string, Stored>();
  const requests: HubStandIn["requests"][number][] = [];
  const storage = createServer((request, response) => {
    const file = files.get(decodeURIComponent(request.url?.slice(1) ?? ""));
    if (file) send(request, response, file);
    else response.writeHead(404).end();
  });
  const hub = createServer((request, response) => {
    const path = request.url ?? "";
    const { range, referer: referrer } = request.headers;
    requests.push({ method: request.method ?? "", path, range, referrer });
    const [, owner, name, kind, revision, ...rest] = path.split("/");
    const key = [owner, name, revision, ...rest].join("/");
    const file = files.get(key);
    const spoil = (...faults: readonly Fault[]) =>
      file !== undefined && faults.some((fault) => spoils(file, fault));
    if (request.method !== "GET" || !file || spoil("missing")) response.writeHead(404).end("Not found");
    else if (spoil("refused")) response.writeHead(403, cors).end();
    else if (spoil("busy")) response.writeHead(429, { ...cors, "Retry-After": "0" }).end();
    else if (spoil("broken")) response.writeHead(503, cors).end();
    else if (kind === "raw") response.writeHead(200, cors).end(pointerOf(file.bytes));
    else
      response
        .writeHead(302, { ...cors, Location: `${addressOf(storage)}/${encodeURIComponent(key)}` })
        .end();
  });
  await Promise.all([listen(hub), listen(storage)]);
  return {
    url: addressOf(hub),
    storage: addressOf(storage),
    requests,
    put: (path, file) => void files.set(path, { ...file, left: file.times ?? Number.POSITIVE_INFINITY }),
    close: async () => {
      await Promise.all([close(hub), close(storage)]);
    },
  };
}

const cors = { "Access-Control-Allow-Origin": "*" };

function spoils(file: Stored, fault: Fault): boolean {
  if (file.fault !== fault || file.left <= 0) return false;
  file.left -= 1;
  return true;
}

function send(request: IncomingMessage, response: ServerResponse, file: Stored): void {
  const { length } = file.bytes;
  const asked = file.ranges === false ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
  const start = Number(asked ?? 0);
  if (start >= length) {
    response.writeHead(416, cors).end();
    return;
  }
  let body = file.bytes.slice(start);
  const half = Math.ceil(body.length / 2);
  if (spoils(file, "truncated")) body = body.slice(0, half);
  if (spoils(file, "altered")) body[half] = (body[half] ?? 0) ^ 1;
  const headers = {
    ...cors,
    "Access-Control-Expose-Headers": "Content-Range",
    "Content-Length": body.length,
  };
  const range = { "Content-Range": `bytes ${start}-${length - 1}/${length}` };
  response.writeHead(
    asked === undefined ? 200 : 206,
    asked === undefined ? headers : { ...headers, ...range },
  );
  if (spoils(file, "cut"))
    response.write(body.slice(0, half), () => setTimeout(() => response.destroy(), 20));
  else if (spoils(file, "stall")) response.write(start > 0 ? "" : body.slice(0, half));
  else response.end(body);
}

function pointerOf(bytes: Uint8Array): string {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes.length}\n`;
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * @file Bundles a page and serves it on this machine.
 *
 * Bundled as the app is, so that what is measured is what ships; kept in memory, so that commands can run side by side.
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, dirname, extname, join } from "node:path";
import { build } from "vite";
import { isolationHeaders } from "../../vite.config.ts";

export interface Site {
  /** Address of the page. */
  readonly url: string;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const publicFolder = join(root, "public");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const typeOf = (path: string) => contentTypes[extname(path)] ?? "application/octet-stream";

/**
 * Serves a page (the path of its HTML), the public folder, and each file of `files` (name to path) under `/input/<name>`.
 * The page is cross-origin isolated, for a finer clock, and so that others' WebAssembly may use threads.
 */
export async function serve(page: string, files: ReadonlyMap<string, string> = new Map()): Promise<Site> {
  const bundled = await bundle(page);
  const server = createServer(({ url = "/" }, response) => {
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
    // Resolved as a URL, a path cannot climb out of a folder.
    const { pathname } = new URL(url, "http://localhost");
    const body = bundled.get(pathname);
    if (body !== undefined) {
      response.writeHead(200, { "content-type": typeOf(pathname) }).end(body);
    } else {
      sendFile(response, files.get(pathname.replace("/input/", "")) ?? join(publicFolder, pathname));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${basename(page)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The page and all that it loads, by path. */
async function bundle(page: string): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const outputs = await build({
    root: dirname(page),
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    publicDir: false,
    build: { write: false, rolldownOptions: { input: page } },
  });
  const chunks = [outputs].flat().flatMap((output) => ("output" in output ? output.output : []));
  return new Map(
    chunks.map((chunk) => [`/${chunk.fileName}`, chunk.type === "chunk" ? chunk.code : chunk.source]),
  );
}

function sendFile(response: ServerResponse, path: string): void {
  if (existsSync(path) && statSync(path).isFile()) {
    const headers = { "content-length": statSync(path).size, "content-type": typeOf(path) };
    response.writeHead(200, headers);
    createReadStream(path).pipe(response);
  } else {
    response.writeHead(404).end();
  }
}

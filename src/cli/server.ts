/**
 * @file Bundles the harness page and serves it on this machine.
 *
 * Bundled as the app is, so that what is measured is what ships; kept in memory, so that commands can run side by side.
 */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { build } from "vite";

export interface Site {
  /** Address of the harness page. */
  readonly url: string;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const publicFolder = join(root, "public");
const page = "/harness.html";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const typeOf = (path: string) => contentTypes[extname(path)] ?? "application/octet-stream";

/** Serves the harness page, the public folder, and each file of `files` (name to path) under `/input/<name>`. */
export async function serve(files: ReadonlyMap<string, string>): Promise<Site> {
  const bundled = await bundle();
  const server = createServer(({ url = "/" }, response) => {
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
    url: `http://127.0.0.1:${port}${page}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The harness page and all that it loads, by path. */
async function bundle(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const outputs = await build({
    root: import.meta.dirname,
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    publicDir: false,
    build: { write: false, rolldownOptions: { input: join(import.meta.dirname, page) } },
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

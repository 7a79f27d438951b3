import { readFileSync } from "node:fs";

/** The scripts that dist/index.html loads before anything is clicked; the worker's chunk comes later. */
const page = readFileSync(new URL("dist/index.html", import.meta.url), "utf8");
const path = [...page.matchAll(/"\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => `dist/${file}`);
if (path.length === 0) throw new Error("dist/index.html loads no script: run `npm run build` first.");

export default [{ name: "JavaScript of the first load", path, gzip: true, limit: "300 kB" }];

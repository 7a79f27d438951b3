/**
 * @file What only tests use says so: it is named `*.testing.ts`, and nothing that is named so is part of the app, the
 * command line or the tools.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** Texts of TypeScript files by path. */
type Files = ReadonlyMap<string, string>;

const root = resolve(import.meta.dirname, "..");

/** The project's own, and the settings that name some of them. */
function projectFiles(): Files {
  const folders = ["src", "scripts", "e2e"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  const settings = readdirSync(root).filter((path) => path === "package.json" || path.endsWith(".config.ts"));
  return new Map(
    [...folders.filter((path) => /\.tsx?$/.test(path)), ...settings].map((path) => [
      path,
      readFileSync(join(root, path), "utf8"),
    ]),
  );
}

const isOfTests = (path: string) =>
  /\.(test|testing|spec|sample)\.tsx?$/.test(path) || /^e2e\/|\/fixtures\//.test(path);

/** Files that a file imports or names: any path to a TypeScript file in quotes, and in settings any path at all. */
function named(path: string, text: string): readonly string[] {
  if (!path.includes("/")) return text.match(/(?:src|scripts)\/[\w/.]+\.tsx?/g) ?? [];
  return [...text.matchAll(/["'](\.\.?\/[^"'?\n]+\.tsx?)(?:\?\w+)?["']/g)].map(([, to = ""]) =>
    normalize(join(dirname(path), to)),
  );
}

interface Faults {
  /** Of the app, the command line or the tools by name, but imported by tests alone. */
  readonly onlyTests: readonly string[];
  /** `importer: imported`, the imported one being of tests and the importer not. */
  readonly notOnlyTests: readonly string[];
}

function faultsOf(files: Files): Faults {
  const links = [...files].flatMap(([path, text]) => named(path, text).map((to) => ({ path, to })));
  const imported = new Set(links.map(({ to }) => to));
  const used = new Set([...files.keys()].filter((path) => !isOfTests(path) && !imported.has(path)));
  // A set that grows while it is walked is walked to its end.
  for (const path of used) {
    for (const link of links) if (link.path === path && !isOfTests(link.to)) used.add(link.to);
  }
  return {
    onlyTests: [...files.keys()].filter((path) => !isOfTests(path) && !used.has(path)),
    notOnlyTests: links
      .filter(({ path, to }) => !isOfTests(path) && isOfTests(to) && files.has(to))
      .map(({ path, to }) => `${path}: ${to}`),
  };
}

describe("code that only tests use", () => {
  it("is named so, and nothing else is", () => {
    expect(faultsOf(projectFiles())).toEqual({ onlyTests: [], notOnlyTests: [] });
  });

  it("is found wherever it hides", () => {
    const files: Files = new Map([
      ["package.json", '{ "scripts": { "fetch": "tsx scripts/fetch.ts" } }'],
      ["scripts/fetch.ts", ""],
      ["scripts/fetch.test.ts", 'import { fetch } from "./fetch.ts";'],
      ["src/main.ts", 'import { a } from "./a.ts";\nimport { fake } from "./fake.testing.ts";'],
      ["src/a.ts", 'new Worker(new URL("./worker.ts", import.meta.url));'],
      ["src/worker.ts", ""],
      ["src/fake.testing.ts", 'import { helper } from "./helper.ts";'],
      ["src/helper.ts", 'import type { More } from "./more.ts";'],
      ["src/more.ts", ""],
      ["src/a.test.ts", 'import { a } from "./a.ts";\nimport { fake } from "./fake.testing.ts";'],
    ]);
    expect(faultsOf(files)).toEqual({
      onlyTests: ["src/helper.ts", "src/more.ts"],
      notOnlyTests: ["src/main.ts: src/fake.testing.ts"],
    });
  });
});

/**
 * @file Shows that the import rule bites: Biome, with this project's configuration, is run on files that break it.
 *
 * The files are written to a folder of their own, laid out as the project is, so that the normal lint never sees them.
 */
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  biomeRules,
  compareRooms,
  compareTabs,
  features,
  layers,
  packages,
  rooms,
  runningLayers,
} from "./imports.ts";

interface Case {
  readonly from: string;
  readonly imported: string;
}

const forbidden: readonly Case[] = [
  ...layers.flatMap((folder, index) =>
    layers.slice(index + 1).map((later) => ({ from: `src/model/${folder}`, imported: `../${later}/x.ts` })),
  ),
  ...layers.flatMap((folder) => [
    ...["editor", "app", "cli"].map((part) => ({
      from: `src/model/${folder}`,
      imported: `../../${part}/x.ts`,
    })),
    { from: `src/model/${folder}`, imported: "../../../scripts/browser.ts" },
    ...[...packages.React, "react/jsx-runtime", "@base-ui/react/toast"].map((imported) => ({
      from: `src/model/${folder}`,
      imported,
    })),
  ]),
  ...layers
    .filter((folder) => !runningLayers.includes(folder))
    .map((folder) => ({ from: `src/model/${folder}`, imported: "@tensorflow/tfjs-core" })),
  { from: "src/model/weights/formats", imported: "../../runtime/x.ts" },
  { from: "src/editor", imported: "../app/x.ts" },
  { from: "src/editor/nodes", imported: "../../app/x.ts" },
  { from: "src/editor", imported: "../cli/x.ts" },
  { from: "src/app", imported: "../cli/x.ts" },
  ...rooms.flatMap((room, index) =>
    [...rooms.slice(index + 1), ...features, "shell"].map((later) => ({
      from: `src/app/${room}`,
      imported: `../${later}/x.ts`,
    })),
  ),
  ...features.flatMap((feature) =>
    [...features, "shell"]
      .filter((other) => other !== feature)
      .map((other) => ({ from: `src/app/${feature}`, imported: `../${other}/x.ts` })),
  ),
  ...[...compareTabs, ...compareRooms].flatMap((part) => [
    { from: `src/app/compare/${part}`, imported: "../../measure/x.ts" },
    { from: `src/app/compare/${part}`, imported: "../../shell/x.ts" },
    { from: `src/app/compare/${part}`, imported: "../../../cli/x.ts" },
    ...compareTabs
      .filter((tab) => tab !== part)
      .map((tab) => ({ from: `src/app/compare/${part}`, imported: `../${tab}/x.ts` })),
  ]),
  { from: "src/cli", imported: "../editor/x.ts" },
  { from: "src/cli", imported: "../app/x.ts" },
  { from: "src/cli", imported: "../../scripts/test.ts" },
  { from: "src/cli", imported: "react" },
  ...["src/editor", "src/app", "src/cli", "scripts", "e2e"].map((from) => ({
    from,
    imported: "@tensorflow/tfjs-backend-webgpu",
  })),
  ...["scripts", "scripts/bench/page", "e2e"].map((from) => ({ from, imported: "react" })),
];

const allowed: readonly Case[] = [
  ...layers.flatMap((folder, index) =>
    layers
      .slice(0, index)
      .map((earlier) => ({ from: `src/model/${folder}`, imported: `../${earlier}/x.ts` })),
  ),
  ...layers.map((folder) => ({ from: `src/model/${folder}`, imported: "./x.ts" })),
  ...runningLayers.map((folder) => ({ from: `src/model/${folder}`, imported: "@tensorflow/tfjs-core" })),
  { from: "src/editor", imported: "../model/graph/x.ts" },
  { from: "src/app", imported: "../model/engine/x.ts" },
  { from: "src/app", imported: "../editor/x.ts" },
  ...rooms.flatMap((room, index) =>
    rooms.slice(0, index).map((earlier) => ({ from: `src/app/${room}`, imported: `../${earlier}/x.ts` })),
  ),
  ...[...rooms, ...features].flatMap((name) => [
    { from: `src/app/${name}`, imported: "../../model/weights/x.ts" },
    { from: `src/app/${name}`, imported: "./x.ts" },
    { from: "src/app/shell", imported: `../${name}/x.ts` },
  ]),
  ...features.flatMap((name) => [{ from: `src/app/${name}`, imported: "../session/x.ts" }]),
  ...compareTabs.flatMap((tab) => [
    { from: `src/app/compare/${tab}`, imported: "../../../model/weights/x.ts" },
    { from: `src/app/compare/${tab}`, imported: "../../board/x.ts" },
    { from: `src/app/compare/${tab}`, imported: "../frame/x.ts" },
  ]),
  ...["src/editor", "src/app"].flatMap((from) =>
    ["react", "zustand"].map((imported) => ({ from, imported })),
  ),
  { from: "src/cli", imported: "../model/analysis/x.ts" },
  { from: "src/cli", imported: "../../scripts/browser.ts" },
  { from: "scripts/bench/page", imported: "@tensorflow/tfjs-backend-webgl" },
];

/** Ways to import that the rule must see. */
const forms = {
  "for its effects": (imported: string) => `import "${imported}";\n`,
  "a type": (imported: string) => `import type { X } from "${imported}";\nexport const x: X | 0 = 0;\n`,
  "as a re-export": (imported: string) => `export { x } from "${imported}";\n`,
  dynamically: (imported: string) => `export const x = () => import("${imported}");\n`,
};

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "imports-"));
let rulesByFile: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(() => {
  for (const file of ["biome.json", "biome.imports.json", "package.json", ".gitignore"])
    copyFileSync(join(root, file), join(folder, file));
  for (const { from, imported } of [...forbidden, ...allowed]) {
    write(fileOf(from, imported), forms["for its effects"](imported));
  }
  for (const [form, text] of Object.entries(forms)) {
    write(fileOf("src/model/graph", form), text("../engine/x.ts"));
  }
  write("src/app/a.ts", 'import { b } from "./b.ts";\nexport const a = () => b;\n');
  write("src/app/b.ts", 'import { a } from "./a.ts";\nexport const b = () => a;\n');
  write("src/app/c.ts", 'import type { D } from "./d.ts";\nexport type C = D;\n');
  write("src/app/d.ts", 'import type { C } from "./c.ts";\nexport type D = C;\n');
  rulesByFile = lint();
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("the table of imports", () => {
  it("is what Biome checks (npm run imports writes it)", () => {
    expect(readFileSync(join(root, "biome.imports.json"), "utf8")).toBe(biomeRules());
  });

  it("names every folder of src/model", () => {
    expect(readdirSync(join(root, "src/model")).sort()).toEqual([...layers].sort());
  });

  it("names every folder of src/app, and of its feature that has tabs", () => {
    expect(foldersIn("src/app")).toEqual([...rooms, ...features, "shell"].sort());
    expect(foldersIn("src/app/compare")).toEqual([...compareTabs, ...compareRooms].sort());
  });

  it("names packages that this project depends on", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const there = Object.keys(dependencies);
    const begins = packages["TensorFlow.js"].map((pattern) => pattern.replace(/\*$/, ""));
    expect(packages.React.filter((name) => !there.includes(name))).toEqual([]);
    expect(begins.filter((begin) => !there.some((name) => name.startsWith(begin)))).toEqual([]);
  });
});

describe("the import rule", () => {
  it.each(foldersOf(forbidden))("forbids what %s must not import", (from) => {
    const unseen = importsOf(forbidden, from).filter(
      (imported) => !rulesOf(fileOf(from, imported)).includes("lint/style/noRestrictedImports"),
    );
    expect(unseen).toEqual([]);
  });

  it.each(foldersOf(allowed))("lets %s import what it may", (from) => {
    const errors = importsOf(allowed, from).flatMap((imported) => rulesOf(fileOf(from, imported)));
    expect(errors).toEqual([]);
  });

  it.each(Object.keys(forms))("sees an import %s", (form) => {
    expect(rulesOf(fileOf("src/model/graph", form))).toContain("lint/style/noRestrictedImports");
  });

  it.each(["a", "c"])("forbids a cycle, of types too (%s)", (name) => {
    expect(rulesOf(`src/app/${name}.ts`)).toContain("lint/suspicious/noImportCycles");
  });
});

function foldersIn(path: string): readonly string[] {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function foldersOf(cases: readonly Case[]): readonly string[] {
  return [...new Set(cases.map(({ from }) => from))];
}

function importsOf(cases: readonly Case[], folder: string): readonly string[] {
  return cases.filter(({ from }) => from === folder).map(({ imported }) => imported);
}

function fileOf(from: string, imported: string): string {
  return `${from}/${imported.replaceAll("../", "up ").replace(/\W+/g, "_")}.ts`;
}

function write(file: string, text: string): void {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function rulesOf(file: string): readonly string[] {
  return [...(rulesByFile.get(file) ?? [])];
}

/** The rules that each file breaks as an error. */
function lint(): ReadonlyMap<string, ReadonlySet<string>> {
  const biome = join(root, "node_modules/.bin/biome");
  const report: {
    diagnostics: readonly { severity: string; category: string; location: { path: string } }[];
  } = JSON.parse(run(biome, ["lint", "--reporter=json", "--max-diagnostics=none", "."]));
  const rules = new Map<string, Set<string>>();
  for (const { severity, category, location } of report.diagnostics) {
    if (severity !== "error") continue;
    const broken = rules.get(location.path) ?? new Set();
    rules.set(location.path, broken.add(category));
  }
  return rules;
}

/** What a command prints, though it ends with an error, as a linter that finds something does. */
function run(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

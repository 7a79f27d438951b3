/**
 * @file What the files of each folder must not import, as one table. `npm run imports` writes it as rules for Biome,
 * to `biome.imports.json`; a test fails where that file is out of date, and shows that every rule bites.
 *
 * Biome compares a rule with the text of an import, not with the file that it leads to: `../graph/x.ts` is of `graph`
 * wherever a folder of that name lies. Of two rules for one file the later holds alone.
 */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The folders of `src/model`: each imports only from those before it. */
export const layers = [
  "mixers",
  "architecture",
  "graph",
  "analysis",
  "weights",
  "image",
  "kernels",
  "runtime",
  "benchmark",
  "export",
  "engine",
] as const;

/** What several features of `src/app` share: each imports only from those before it, and from no feature. */
export const rooms = [
  "persistence",
  "settings",
  "network",
  "engine",
  "words",
  "link",
  "controls",
  "chart",
  "notices",
  "library",
  "pictures",
  "session",
  "panel",
  "runs",
  "board",
] as const;

/** The features of `src/app`: each imports from every room, and none from another. */
export const features = [
  "strip",
  "topBar",
  "gallery",
  "predict",
  "measure",
  "weights",
  "learn",
  "dialogs",
  "drop",
  "compare",
] as const;

/** The tabs of `src/app/compare`: none imports from another, and what they share from none. */
export const compareTabs = ["board", "why", "sweep", "paper"] as const;

/** What the tabs of `src/app/compare` share. */
export const compareRooms = ["frame", "diff", "records"] as const;

/** The layers that may import TensorFlow.js. */
export const runningLayers: readonly string[] = ["kernels", "runtime", "engine"] satisfies Layer[];

/** Packages that only some folders may import. */
export const packages = {
  React: ["react", "react-dom", "zustand", "lucide-react", "@xyflow/react", "@base-ui/react"],
  "TensorFlow.js": ["@tensorflow/tfjs-*"],
} as const;

type Layer = (typeof layers)[number];

interface Rule {
  readonly folder: string;
  /** Folders that its files must not import from: wherever they lie, or of that path where it begins with `../`. */
  readonly not: readonly string[];
  /** A file of those folders that they may import all the same. */
  readonly but?: string;
  readonly no: readonly (keyof typeof packages)[];
  /** What they do import from, in words. */
  readonly from: string;
}

const rules: readonly Rule[] = [
  ...layers.map(
    (layer, index): Rule => ({
      folder: `src/model/${layer}`,
      not: [...layers.slice(index + 1), "editor", "app", "cli", "scripts", "e2e"],
      no: runningLayers.includes(layer) ? ["React"] : ["React", "TensorFlow.js"],
      from: layers.slice(0, index).join(", ") || "no other folder",
    }),
  ),
  { folder: "src/editor", not: ["app", "cli", "scripts", "e2e"], no: ["TensorFlow.js"], from: "model" },
  ...appRules(),
  {
    folder: "src/cli",
    not: ["editor", "app", "scripts", "e2e"],
    but: "scripts/browser.ts",
    no: ["React", "TensorFlow.js"],
    from: "model and scripts/browser.ts",
  },
  {
    folder: "scripts/bench/page",
    not: ["editor", "app", "e2e"],
    no: ["React"],
    from: "model, and what they measure it against",
  },
];

function appRules(): readonly Rule[] {
  const rule = (folder: string, not: readonly string[], from: string): Rule => ({
    folder: `src/app${folder}`,
    not: ["cli", "scripts", "e2e", ...not],
    no: ["TensorFlow.js"],
    from: `model, editor${from}`,
  });
  const above = (names: readonly string[], up = "..") => [...names, "shell"].map((name) => `${up}/${name}`);
  const others = (feature: string) => features.filter((name) => name !== feature);
  return [
    rule("", [], ""),
    ...rooms.map((room, index) =>
      rule(
        `/${room}`,
        above([...rooms.slice(index + 1), ...features]),
        rooms
          .slice(0, index)
          .map((name) => `, ${name}`)
          .join(""),
      ),
    ),
    ...features.map((name) => rule(`/${name}`, above(others(name)), " and the rooms that features share")),
    ...[...compareTabs, ...compareRooms].map((name) =>
      rule(
        `/compare/${name}`,
        [
          ...above(others("compare"), "../.."),
          ...compareTabs.filter((tab) => tab !== name).map((tab) => `../${tab}`),
        ],
        " and the rooms that features, or the tabs, share",
      ),
    ),
  ];
}

/** The text of `biome.imports.json`: no package of the table for any file, and for those of a folder its own rule. */
export function biomeRules(): string {
  const overrides = rules.map(({ folder, not, but, no, from }) => ({
    includes: [`${folder}/**`],
    linter: forbid([
      {
        group: [
          ...not.map((name) => `${name.startsWith("../") ? "" : "**/"}${name}/**`),
          ...(but ? [`!**/${but}`] : []),
        ],
        message: `${folder} imports from ${from}.`,
      },
      ...no.map(packageRule),
    ]),
  }));
  const everywhere = forbid((["React", "TensorFlow.js"] as const).map(packageRule));
  const lines = overrides.map((override) => JSON.stringify(override)).join(",\n");
  return `{"linter":${JSON.stringify(everywhere)},\n"overrides":[\n${lines}\n]}\n`;
}

function packageRule(name: keyof typeof packages) {
  const home = { React: "src/editor and src/app", "TensorFlow.js": `src/model: ${runningLayers.join(", ")}` };
  return {
    group: packages[name].flatMap((pattern) => [pattern, `${pattern}/**`]),
    message: `${name} belongs to ${home[name]}.`,
  };
}

function forbid(patterns: readonly { readonly group: readonly string[]; readonly message: string }[]) {
  return { rules: { style: { noRestrictedImports: { level: "error", options: { patterns } } } } };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(new URL("../biome.imports.json", import.meta.url), biomeRules());
}

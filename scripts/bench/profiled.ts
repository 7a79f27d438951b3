/** @file Builds the app with React's profiler around some of its components, without a word of that in the app. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "vite";

const root = join(import.meta.dirname, "../..");

/** Components by their files, from the root. Each has its file's name. */
export const parts = {
  Strip: "src/app/strip/Strip.tsx",
  CanvasArea: "src/app/shell/CanvasArea.tsx",
  InspectorPanel: "src/app/shell/InspectorPanel.tsx",
} as const;
export type PartName = keyof typeof parts;

/** What the page notes about itself; whoever reads it empties it. */
export interface Notes {
  /** Every commit in which a part was drawn, and the milliseconds that drawing took. */
  readonly commits: { readonly part: PartName; readonly ms: number }[];
  /** Milliseconds of every task that held the page's thread for 50 or more. */
  readonly held: number[];
  frames: number;
}

const notes = `
  export const notes = { commits: [], held: [], frames: 0 };
  window.notes = notes;
  new PerformanceObserver((list) => notes.held.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask" });
  const count = () => {
    notes.frames += 1;
    requestAnimationFrame(count);
  };
  count();
`;

/** Builds to `outDir`; the page then holds its notes as `window.notes`. */
export async function buildProfiled(outDir: string): Promise<void> {
  await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    resolve: { alias: { "react-dom/client": "react-dom/profiling" } },
    plugins: [profilers()],
    build: { outDir, emptyOutDir: true },
  });
}

/** Milliseconds below which a commit passed a part by. */
const leastMs = 0.05;

/**
 * Puts a component with a profiler around it in the place of each. A profiler overlooks what only a context draws again, so
 * the component around it reads the context; the part is none the wiser.
 */
function profilers(): Plugin {
  const whole = "?whole";
  const noted = "virtual:notes";
  return {
    name: "profilers",
    enforce: "pre",
    resolveId: (id) => (id === noted ? id : undefined),
    load(id) {
      if (id === noted) return notes;
      const part = Object.entries(parts).find(([, file]) => id.replace(whole, "").endsWith(file));
      if (!part) return undefined;
      const [name, file] = part;
      if (id.endsWith(whole)) return { code: readFileSync(join(root, file), "utf8"), moduleType: "tsx" };
      return `
        import { createElement, memo, Profiler } from "react";
        import { useShown } from "${join(root, "src/editor/store/react.tsx")}";
        import { ${name} as Whole } from "${join(root, file)}${whole}";
        import { notes } from "${noted}";
        const Same = memo(Whole);
        const note = (part, _phase, ms) => ms >= ${leastMs} && notes.commits.push({ part, ms });
        export const ${name} = (props) => {
          useShown();
          return createElement(Profiler, { id: "${name}", onRender: note }, createElement(Same, props));
        };
      `;
    },
  };
}

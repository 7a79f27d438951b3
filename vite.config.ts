import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * With these two headers a page is cross-origin isolated: the browser's clock is then finer (Chromium: 5 instead of 100
 * microseconds), and WebAssembly may use threads. Everything works without them.
 * Under `require-corp` a page can no longer tell a hub that refuses it from one that can't be reached.
 */
export const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "credentialless",
};

/** TensorFlow.js's core registers its optimizers when it is loaded, though nothing here trains with them. */
function withoutOptimizers(): Plugin {
  return {
    name: "without-optimizers",
    load: (id) =>
      /tfjs-core\/dist\/optimizers\/register_optimizers\.js$/.test(id)
        ? "export function registerOptimizers() {}"
        : undefined,
  };
}

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[]; readonly isEntry: boolean } | null;
}

/**
 * One chunk for all that the page needs at the start. Left to itself the bundler makes one of every set of modules that
 * some other parts share, forty small files that compress badly.
 */
function firstLoad(): (id: string, graph: ModuleGraph) => string | null {
  const needed = new Set<string>();
  const isNeeded = (id: string, graph: ModuleGraph, seen: Set<string>): boolean => {
    if (needed.has(id)) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    const info = graph.getModuleInfo(id);
    const isSo =
      info?.isEntry === true || (info?.importers.some((one) => isNeeded(one, graph, seen)) ?? false);
    if (isSo) needed.add(id);
    return isSo;
  };
  return (id, graph) => (isNeeded(id, graph, new Set()) ? "page" : null);
}

/** `base: "./"` makes the build work under any sub-path of any static host. */
export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es", plugins: () => [withoutOptimizers()] },
  preview: { headers: isolationHeaders },
  build: {
    target: "es2022",
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstLoad() }] } } },
  },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * With these two headers a page is cross-origin isolated, and only then may WebAssembly use threads. Everything works
 * without them.
 */
export const isolationHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** `base: "./"` makes the build work under any sub-path of any static host. */
export default defineConfig({
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  build: { target: "es2022" },
});

import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { browserFlags, findBrowser } from "./scripts/browser.ts";
import { isolationHeaders } from "./vite.config.ts";

const executablePath = findBrowser();

/** `unit` runs in Node; `gpu` runs `*.gpu.test.ts` in a real browser on WebGPU's software adapter. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          globalSetup: "scripts/seed.ts",
          setupFiles: "scripts/properties.ts",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/*.gpu.test.ts"],
          // Against tests that hang; how fast something is, tests say themselves.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // As the app is served: only then may threads share memory.
        server: { headers: isolationHeaders },
        // Found only while tests run, it would make them start over.
        optimizeDeps: { include: ["onnxruntime-web/wasm", "fast-check"] },
        test: {
          name: "gpu",
          globalSetup: "scripts/seed.ts",
          setupFiles: "scripts/properties.ts",
          include: ["src/**/*.gpu.test.ts"],
          testTimeout: 120_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath ? { executablePath } : {}),
                args: browserFlags({ softwareGpu: true }),
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});

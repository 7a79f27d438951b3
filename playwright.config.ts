import { defineConfig } from "@playwright/test";
import { browserFlags, findBrowser } from "./scripts/browser.ts";

const executablePath = findBrowser();
/** `E2E_PORT` lets two checkouts test at the same time. */
const port = process.env["E2E_PORT"] ?? "4391";
/** The build is served below a path, as on a static host that is shared with others. */
const address = `http://127.0.0.1:${port}/explorer/`;

/** End-to-end tests against the static build, in the browser and on the software adapter of the GPU tests. */
export default defineConfig({
  testDir: "e2e",
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 120_000,
  // A picture may differ in what smooths edges, and in a dozen pixels beyond that.
  expect: { timeout: 20_000, toHaveScreenshot: { animations: "disabled", caret: "hide", maxDiffPixels: 12 } },
  snapshotPathTemplate: "{testDir}/looks/{arg}{ext}",
  // The pictures were drawn on Linux; other systems draw letters in another way.
  ignoreSnapshots: process.platform !== "linux",
  reporter: "list",
  use: {
    baseURL: address,
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...browserFlags({ softwareGpu: true }),
        // No test may depend on the internet: every host but this machine is unknown.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ],
    },
  },
  webServer: {
    command: `npm run build && npx vite preview --base /explorer/ --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    timeout: 120_000,
  },
});

/**
 * @file Finds the Chrome or Chromium that the GPU tests, the end-to-end tests and the command line drive.
 *
 * Order: `CHROME_PATH`, the usual executable names on PATH, the usual install locations, Playwright's own download.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const locations = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Flags for headless Chromium with WebGPU. `softwareGpu` asks for SwiftShader, which exists on every machine and
 * gives the tests one adapter everywhere; without it Chromium picks the machine's GPU.
 */
export function browserFlags({ softwareGpu }: { softwareGpu: boolean }): string[] {
  return [
    "--no-sandbox",
    "--enable-unsafe-webgpu",
    "--enable-features=Vulkan,WebGPU",
    ...(softwareGpu ? ["--use-webgpu-adapter=swiftshader"] : []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
  ];
}

/** Path of an installed Chrome or Chromium, or undefined where there is none. Throws if `CHROME_PATH` names no file. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return installedBrowsers(env)[0];
}

/**
 * Every Chrome or Chromium that is installed, in the order of choice. One that `CHROME_PATH` names is the only one.
 * @throws Error if `CHROME_PATH` names no file.
 */
export function installedBrowsers(
  env: NodeJS.ProcessEnv,
  exists: (path: string) => boolean = existsSync,
): readonly string[] {
  const chosen = env["CHROME_PATH"];
  if (chosen) {
    if (!exists(chosen)) throw new Error(`CHROME_PATH is ${chosen}, which does not exist.`);
    return [chosen];
  }
  const folders = (env["PATH"] ?? "").split(delimiter);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...locations, chromium.executablePath()].filter(exists);
}

/**
 * @file Makes sure that there is a browser to test in: one that is installed and starts, else one that is fetched now.
 */
import { spawnSync } from "node:child_process";
import { installedBrowsers } from "./browser.ts";

/** The machine, as far as installing a browser touches it. */
export interface Machine {
  /** Paths of the browsers that are installed, best first. */
  installed(): readonly string[];
  /** Whether the browser at this path runs: it may lack libraries, or be a stub that only tells how to get it. */
  starts(path: string): boolean;
  /** Runs a command with its output shown. True where it ended well. */
  run(command: string, args: readonly string[]): boolean;
  /** Whether system packages can be installed. */
  readonly isRoot: boolean;
}

/** Where it cannot go on by itself, it says what to do. */
const whatToDo =
  "No Chrome or Chromium was found and none could be installed: install one, or set CHROME_PATH to its executable.";

/**
 * Path of a browser that starts. Where there is none, tries Playwright's own download, then as root Debian's package.
 * @throws Error with one sentence that says what to do.
 */
export function ensureBrowser(machine: Machine = thisMachine()): string {
  const working = () => machine.installed().find((path) => machine.starts(path));
  const present = working();
  if (present) return present;
  machine.run("npx", ["playwright", "install", "--no-shell", "chromium"]);
  const downloaded = working();
  if (downloaded) return downloaded;
  if (machine.isRoot) {
    machine.run("apt-get", ["update"]);
    machine.run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]);
  }
  const packaged = working();
  if (packaged) return packaged;
  throw new Error(whatToDo);
}

function thisMachine(): Machine {
  const isWindows = process.platform === "win32";
  return {
    installed: () => installedBrowsers(process.env),
    // Chrome for Windows opens a window instead of printing its version; there, being installed must do.
    starts: (path) => isWindows || spawnSync(path, ["--version"], { timeout: 60_000 }).status === 0,
    run: (command, args) =>
      spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], shell: isWindows }).status === 0,
    isRoot: process.getuid?.() === 0,
  };
}

import { delimiter, join } from "node:path";
import { chromium } from "playwright";
import { describe, expect, it } from "vitest";
import { browserFlags, installedBrowsers } from "./browser.ts";

/** What is found where only `files` exist. */
const found = (files: readonly string[], env: NodeJS.ProcessEnv) =>
  installedBrowsers(env, (path) => files.includes(path));

const PATH = ["/first", "/second"].join(delimiter);
const chromiumOnPath = join("/second", "chromium");
const chromeOnPath = join("/first", "google-chrome");
const macChrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const download = chromium.executablePath();

describe("installedBrowsers", () => {
  it("takes CHROME_PATH and nothing else", () => {
    expect(found(["/mine", chromiumOnPath], { PATH, CHROME_PATH: "/mine" })).toEqual(["/mine"]);
  });

  it("says so where CHROME_PATH names nothing", () => {
    expect(() => found([chromiumOnPath], { PATH, CHROME_PATH: "/gone" })).toThrow(
      "/gone, which does not exist",
    );
  });

  it("ignores an empty CHROME_PATH", () => {
    expect(found([chromiumOnPath], { PATH, CHROME_PATH: "" })).toEqual([chromiumOnPath]);
  });

  it("orders: PATH as the shell searches it, then install locations, then Playwright's download", () => {
    const all = [download, macChrome, chromiumOnPath, chromeOnPath];
    expect(found(all, { PATH })).toEqual([chromeOnPath, chromiumOnPath, macChrome, download]);
  });

  it("prefers Chromium to Chrome within a folder", () => {
    const both = [join("/first", "chrome"), join("/first", "chromium")];
    expect(found(both, { PATH })).toEqual([join("/first", "chromium"), join("/first", "chrome")]);
  });

  it("finds Playwright's download without PATH, and nothing on an empty machine", () => {
    expect(found([download], {})).toEqual([download]);
    expect(found([], { PATH })).toEqual([]);
  });
});

describe("browserFlags", () => {
  it("asks for the software adapter only when told to", () => {
    const software = "--use-webgpu-adapter=swiftshader";
    expect(browserFlags({ softwareGpu: true })).toContain(software);
    expect(browserFlags({ softwareGpu: false })).not.toContain(software);
  });
});

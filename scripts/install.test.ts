import { describe, expect, it } from "vitest";
import { ensureBrowser, type Machine } from "./install.ts";

/** A machine on which `commands` say which browser each command leaves behind; those in `broken` do not start. */
function machine({
  present = [],
  commands = {},
  broken = [],
  isRoot = false,
}: {
  readonly present?: readonly string[];
  readonly commands?: Readonly<Record<string, string>>;
  readonly broken?: readonly string[];
  readonly isRoot?: boolean;
}): Machine & { readonly ran: string[] } {
  const installed = [...present];
  const ran: string[] = [];
  return {
    ran,
    isRoot,
    installed: () => installed,
    starts: (path) => !broken.includes(path),
    run: (command, args) => {
      const line = [command, ...args].join(" ");
      ran.push(line);
      const browser = commands[line];
      if (browser) installed.push(browser);
      return browser !== undefined;
    },
  };
}

const download = "npx playwright install --no-shell chromium";
const debian = "apt-get install --yes --no-install-recommends chromium";

describe("ensureBrowser", () => {
  it("takes what is there and installs nothing", () => {
    const ready = machine({ present: ["/usr/bin/chromium"] });
    expect(ensureBrowser(ready)).toBe("/usr/bin/chromium");
    expect(ready.ran).toEqual([]);
  });

  it("passes over one that does not start", () => {
    const stub = machine({ present: ["/stub", "/works"], broken: ["/stub"] });
    expect(ensureBrowser(stub)).toBe("/works");
  });

  it("tries Playwright's download first", () => {
    const online = machine({ commands: { [download]: "/download", [debian]: "/debian" }, isRoot: true });
    expect(ensureBrowser(online)).toBe("/download");
    expect(online.ran).toEqual([download]);
  });

  it.each([
    ["fails", {}],
    ["does not start", { [download]: "/download" }],
  ])("takes Debian's package as root where the download %s", (_, commands) => {
    const root = machine({
      commands: { ...commands, [debian]: "/debian" },
      broken: ["/download"],
      isRoot: true,
    });
    expect(ensureBrowser(root)).toBe("/debian");
    expect(root.ran).toEqual([download, "apt-get update", debian]);
  });

  it("leaves the system alone without being root, and says what to do", () => {
    const user = machine({ commands: { [debian]: "/debian" } });
    expect(() => ensureBrowser(user)).toThrow(/install one, or set CHROME_PATH/);
    expect(user.ran).toEqual([download]);
  });
});

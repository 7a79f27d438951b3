/** @file Tests with a stand-in of the weights hub on this machine, one for all tests of a file. */
import { type Architecture, parseArchitecture } from "../src/model/architecture/schema.ts";
import { type HubStandIn, startHubStandIn } from "../src/model/weights/hubStandIn.testing.ts";
import { test as appTest } from "./app.ts";

/** As the app's `test`; the page may ask the stand-in too. */
export const test = appTest.extend<object, { readonly hub: HubStandIn }>({
  hub: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
    async ({}, use) => {
      const hub = await startHubStandIn();
      await use(hub);
      await hub.close();
    },
    { scope: "worker" },
  ],
  hubs: async ({ hub }, use) => use([hub.url, hub.storage]),
});

/** Of JSON that must be one. */
export function architectureOf(value: unknown): Architecture {
  const parsed = parseArchitecture(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

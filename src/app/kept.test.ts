import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boardKey } from "./board/keptBoard.ts";
import { sweepKey } from "./compare/sweep/sweepStore.ts";
import { accuraciesKey } from "./library/accuracies.ts";
import { type Key, readText } from "./persistence/key.ts";
import { memorySite } from "./persistence/memory.testing.ts";
import { runsKey } from "./runs/keptRuns.ts";
import { settingsKey } from "./settings/settings.ts";

const fields = [
  "variants",
  "baselineId",
  "records",
  "importedIds",
  "drafts",
  "measured",
  "theme",
  "weights",
  "id",
];

/** Any text at all, any JSON, and JSON with the fields that are looked for. */
const garbage = fc.oneof(
  fc.string(),
  fc.json(),
  fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()).map((value) => JSON.stringify(value)),
  fc
    .array(fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()))
    .map((list) => JSON.stringify({ variants: list, records: list, drafts: list })),
);

function itReadsAnything<T>(key: Key<T>): void {
  it(`gives ${key.what} for any text, the same again when that is stored, and sets aside what it leaves out`, async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (text) => {
        const name = `${key.name}.${key.version}`;
        const site = memorySite({ [name]: text });
        const { value } = (await site.open()).slot(key);
        const { isWhole } = readText(key, text);
        const stored: string | undefined = JSON.stringify(value);
        expect(readText(key, stored)).toEqual({ value, isWhole: true });
        await site.settled();
        expect(site.texts.get(`${name}.unread.1`)).toBe(isWhole ? undefined : text);
      }),
    );
  });
}

describe("what is stored", () => {
  itReadsAnything(settingsKey);
  itReadsAnything(boardKey);
  itReadsAnything(runsKey);
  itReadsAnything(sweepKey);
  itReadsAnything(accuraciesKey);
});

import { expect, it } from "vitest";
import { recordToCsv } from "../../model/benchmark/csv.ts";
import { recordToJson } from "../../model/benchmark/record.ts";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { looksLikeRecord } from "./looksLikeRecord.ts";
import { recordsToJson } from "./recordFiles.ts";
import { recordedVariant, recordWith } from "./records.testing.ts";

const record = recordWith([recordedVariant("A", attoArchitecture)]);

it.each([
  ["a run", recordToJson(record), true],
  ["a list of runs", recordsToJson([record]), true],
  ["a run with a byte order mark", `\uFEFF${recordToJson(record)}`, true],
  ["a damaged run", '{ "samplesMs"', true],
  ["an architecture", JSON.stringify(attoArchitecture), false],
  ["a table", recordToCsv(record), true],
  ["a table of something else", "variant,price\r\n1,2", false],
  ["a sentence", 'about "samplesMs"', false],
  ["nothing", "", false],
])("tells %s", (_what, text, isRecord) => {
  expect(looksLikeRecord(text)).toBe(isRecord);
});

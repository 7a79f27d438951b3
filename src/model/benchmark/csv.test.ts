import { describe, expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { resnet50 } from "../graph/network.ts";
import { looksLikeCsv, recordsFromCsv, recordToCsv } from "./csv.ts";
import type { BenchmarkRecord } from "./record.ts";

const coldStart = { buildMs: 120.5, firstMs: 30, compiled: 7 };
const record: BenchmarkRecord = {
  version: 1,
  id: "one",
  startedAt: "2025-01-02T03:04:05.000Z",
  device: {
    backend: "webgpu",
    adapter: "A GPU, fast",
    isSoftware: false,
    driver: "550.1",
    browser: "Browser 1.0",
    app: "0.1.0",
    tfjs: "4.22.0",
    crossOriginIsolated: true,
  },
  settings: { batch: 2, runs: 3, warmup: 1 },
  variants: [
    {
      name: '=HYPERLINK("x")',
      network: { ...presetOf("inceptionnext_atto").architecture, name: "a\nb" },
      kernels: "fused",
      dispatches: 43,
      coldStart,
      samplesMs: [3, 3.5],
    },
    { name: "'quoted", network: resnet50, kernels: "fused", dispatches: 90, coldStart, samplesMs: [9, 9.25] },
    {
      name: "'quoted",
      network: resnet50,
      kernels: "stock",
      dispatches: 99,
      coldStart,
      samplesMs: [19, 1e-7],
    },
  ],
  discarded: { hidden: 1, busy: 2 },
};
const csv = recordToCsv(record);
const messageOf = (text: string) => {
  const read = recordsFromCsv(text);
  return read.ok ? "accepted" : read.issues.map(({ path, message }) => `${path}: ${message}`).join("\n");
};

describe("a record as a table", () => {
  it("has one row a round, the network in a variant's first, and no formula", () => {
    const lines = csv.split("\r\n");
    expect(lines).toHaveLength(8);
    expect(lines[0]).toMatch(/^variant,kernels,round,ms,record,/);
    const shared = `one,2025-01-02T03:04:05.000Z,webgpu,"A GPU, fast",false,550.1,Browser 1.0,0.1.0,4.22.0,true,2,1,3,1,2`;
    expect(lines[2]).toBe(`"'=HYPERLINK(""x"")",fused,2,3.5,${shared},43,120.5,30,7,`);
    expect(lines[3]).toMatch(/^''quoted,fused,1,9,.*,"\{""fixed"":""resnet50""\}"$/);
  });

  it("becomes the record again, also after a spreadsheet has had it", () => {
    expect(recordsFromCsv(csv)).toEqual({ ok: true, value: [record] });
    const saved = `\uFEFF${csv.replaceAll("\r\n", "\n").replaceAll(",true,", ",TRUE,")}\n\n`;
    expect(recordsFromCsv(saved)).toEqual({ ok: true, value: [record] });
  });

  it("may hold several records, and its rows and columns stand in any order", () => {
    const { driver: _, ...device } = record.device;
    const other: BenchmarkRecord = { ...record, id: "two", device };
    const [head, ...rows] = csv.trimEnd().split("\r\n");
    const [, ...others] = recordToCsv(other).trimEnd().split("\r\n");
    const read = recordsFromCsv([head, ...rows, ...others.toReversed()].join("\r\n"));
    expect(read).toMatchObject({ ok: true, value: [record, { id: "two", variants: { length: 3 } }] });
    expect(read.ok && read.value[1]?.variants.at(-1)?.samplesMs).toEqual([3, 3.5]);
  });

  it.each([
    ["a table of something else", "a,b\r\n1,2\r\n", /^: The table has no column variant, kernels, /],
    ["nothing", "", /^: The table has no column /],
    ["a head alone", csv.slice(0, csv.indexOf("\r\n")), /^: The table has no rows$/],
    ["times that are none", csv.replace(",2,3.5,", ",2,fast,"), /^variants\[0\]\.samplesMs\[1\]: /],
    ["a time that is missing", csv.replace(",2,3.5,", ",2,,"), /^variants\[0\]\.samplesMs\[1\]: /],
    ["networks that are none", csv.replace("resnet50", "resnet51"), /^variants\[1\]\.network/],
    ["a table that breaks off", csv.slice(0, csv.indexOf("''quoted") + 12), /^row 4: It breaks off$/],
  ])("is not %s", (_what, text, message) => {
    expect(messageOf(text)).toMatch(message);
  });

  it("is known by its head", () => {
    expect(looksLikeCsv(csv)).toBe(true);
    expect(looksLikeCsv(`\uFEFF${csv}`)).toBe(true);
    expect(looksLikeCsv("variant of mine, and others")).toBe(false);
    expect(looksLikeCsv('{ "version": 1 }')).toBe(false);
  });
});

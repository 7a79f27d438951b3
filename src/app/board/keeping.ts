/** @file Says once what the browser does not keep of the board and its runs, and hands it over as a file. */
import type { BenchmarkRecord } from "../../model/benchmark/record.ts";
import { saveFile } from "../controls/saveFile.ts";
import { dismissNotice, showNotice } from "../notices/noticeStore.ts";
import { recordsToJson } from "../runs/recordFiles.ts";
import type { Variant } from "./board.ts";
import { networkToJson } from "./readNetworks.ts";

const kinds = { board: "board-kept", runs: "runs-kept" } as const;

/** What was told and still holds is not told again. */
const told = new Set<keyof typeof kinds>();

/** What would be lost now: more may have come since it was told. */
let unkept: { readonly variants: readonly Variant[]; readonly records: readonly BenchmarkRecord[] } = {
  variants: [],
  records: [],
};

/** `isKept`: whether the browser took the board. */
export function tellBoardKept(isKept: boolean, variants: readonly Variant[]): void {
  unkept = { ...unkept, variants };
  tell("board", isKept, () => ({
    title: "The browser does not keep the board",
    text: "It has no room left, or this is a private window. The board stays until you close the page: save it as a file, which can be opened here again.",
    action: "Save the networks as JSON",
    run: () => {
      const networks = unkept.variants.map(({ network, name }) => networkToJson(network, name));
      saveFile("board.json", `[${networks.join(",\n")}]\n`, "application/json");
    },
  }));
}

/** Only the first `kept` of the runs, which are the newest, are stored. */
export function tellRunsKept(records: readonly BenchmarkRecord[], kept: number): void {
  const others = records.slice(kept);
  unkept = { ...unkept, records: others };
  tell("runs", others.length === 0, () => ({
    ...(kept === 0
      ? {
          title: "The browser does not keep your runs",
          text: "It has no room left, or this is a private window. They stay until you close the page: save them as a file, which can be opened here again.",
        }
      : {
          title: `Only the newest ${kept} of ${records.length} runs are kept on this device`,
          text: "There is no room for more. The others stay until you close the page: save them as a file, which can be opened here again.",
        }),
    action: kept === 0 ? "Save all runs as JSON" : "Save the others as JSON",
    run: () => saveFile("latency-runs.json", recordsToJson(unkept.records), "application/json"),
  }));
}

interface Telling {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly run: () => void;
}

function tell(what: keyof typeof kinds, isKept: boolean, telling: () => Telling): void {
  const kind = kinds[what];
  if (isKept) {
    if (told.delete(what)) dismissNotice(kind);
    return;
  }
  if (told.has(what)) return;
  told.add(what);
  const { title, text, action, run } = telling();
  showNotice({ kind, tone: "problem", title, text, actions: [{ label: action, run }] });
}

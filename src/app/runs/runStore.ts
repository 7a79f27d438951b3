/** @file The runs that were measured here or brought from elsewhere. They are found again after a reload. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BenchmarkRecord } from "../../model/benchmark/record.ts";
import { saveFile } from "../controls/saveFile.ts";
import { keptNotice } from "../notices/keptNotice.ts";
import type { NoticeStore } from "../notices/noticeStore.ts";
import type { Persistence } from "../persistence/persistence.ts";
import { type Runs, runsKey } from "./keptRuns.ts";
import { recordsToJson } from "./recordFiles.ts";

export interface RunState extends Runs {
  /** Id of the run of this device that is shown; undefined: the newest. */
  readonly shownId: string | undefined;
}

export interface RunStore extends Omit<StoreApi<RunState>, "setState"> {
  /** Keeps a run. @returns Whether it is new. */
  readonly add: (record: BenchmarkRecord, origin: "own" | "imported") => boolean;
  readonly remove: (id: string) => void;
  readonly show: (id: string) => void;
}

/** Runs of this device, newest first. */
export function ownRecords({ records, importedIds }: Runs): readonly BenchmarkRecord[] {
  return records.filter(({ id }) => !importedIds.includes(id));
}

/** Runs of other devices, newest first. */
export function importedRecords({ records, importedIds }: Runs): readonly BenchmarkRecord[] {
  return records.filter(({ id }) => importedIds.includes(id));
}

/** The run of this device whose times are shown; undefined where there is none. */
export function shownRecord(state: RunState): BenchmarkRecord | undefined {
  const own = ownRecords(state);
  return own.find(({ id }) => id === state.shownId) ?? own[0];
}

export function createRunStore(persistence: Persistence, notices: NoticeStore): RunStore {
  const slot = persistence.slot(runsKey);
  const { setState: set, ...store } = createStore<RunState>()(() => ({ ...slot.value, shownId: undefined }));
  const tell = keptNotice(notices, "runs-kept");
  slot.follow(set);
  /** All stay on the page, however many are kept. */
  const keep = async (runs: Runs) => {
    set(runs);
    const kept = (await slot.write(runs))?.records.length ?? 0;
    const { length } = store.getState().records;
    if (kept >= length) return tell(undefined);
    const save = () => {
      const others = store.getState().records.slice(kept);
      saveFile("latency-runs.json", recordsToJson(others), "application/json");
    };
    tell({ ...wordsOf(kept, length), save });
  };
  return {
    ...store,
    add: (added, origin) => {
      const { records, importedIds } = store.getState();
      if (records.some(({ id }) => id === added.id)) return false;
      if (origin === "own") set({ shownId: added.id });
      const imported = origin === "imported" ? [...importedIds, added.id] : importedIds;
      void keep({ records: [added, ...records], importedIds: imported });
      return true;
    },
    remove: (id) => {
      const { records, importedIds } = store.getState();
      void keep({
        records: records.filter((one) => one.id !== id),
        importedIds: importedIds.filter((one) => one !== id),
      });
    },
    show: (shownId) => set({ shownId }),
  };
}

/** Of so many runs only the first `kept`, which are the newest, are kept. */
function wordsOf(kept: number, all: number) {
  if (kept > 0) {
    return {
      title: `Only the newest ${kept} of ${all} runs are kept on this device`,
      text: "There is no room for more. The others stay until you close the page: save them as a file, which can be opened here again.",
      action: "Save the others as JSON",
    };
  }
  return {
    title: "The browser does not keep your runs",
    text: "It has no room left, or this is a private window. They stay until you close the page: save them as a file, which can be opened here again.",
    action: "Save all runs as JSON",
  };
}

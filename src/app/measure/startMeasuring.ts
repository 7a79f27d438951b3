/** @file Starts measurements: when the person asks, and after edits where they want that. */
import type { Session } from "../session/session.ts";
import { settingsStore } from "../settings/settings.ts";
import { measureRequestOf } from "./request.ts";

/** Ms of quiet after an edit before it is measured: a slider that moves is not. */
const quietMs = 700;

export function startMeasuring({ client, editor }: Session): void {
  const { architecture, baseline } = editor.getState();
  const { batch, runs } = settingsStore.getState();
  void client.tasks.measure(measureRequestOf({ architecture, baseline, batch, runs }));
}

/** Measures after every edit for as long as the setting is on. */
export function measureAfterEdits(session: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  session.editor.subscribe((state, before) => {
    if (state.architecture === before.architecture) return;
    clearTimeout(timer);
    if (!settingsStore.getState().measureAfterEdits) return;
    timer = setTimeout(() => startMeasuring(session), quietMs);
  });
}

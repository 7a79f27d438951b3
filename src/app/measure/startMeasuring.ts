/** @file Starts measurements: when the person asks, and after edits where they want that. */
import type { Session } from "../session/session.ts";
import { measureRequestOf } from "./request.ts";

/** Ms of quiet after an edit before it is measured: a slider that moves is not. */
const quietMs = 700;

export function startMeasuring({ client, editor, settings }: Session): void {
  const { batch, runs } = settings.getState();
  void client.tasks.measure((architecture) =>
    measureRequestOf({ architecture, baseline: editor.getState().baseline, batch, runs }),
  );
}

/** Measures after every edit for as long as the setting is on; a measurement of the version before gives way. */
export function measureAfterEdits(session: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  session.editor.subscribe((state, before) => {
    if (state.architecture === before.architecture) return;
    clearTimeout(timer);
    if (!session.settings.getState().measureAfterEdits) return;
    timer = setTimeout(() => {
      session.client.tasks.cancel("measure");
      startMeasuring(session);
    }, quietMs);
  });
}

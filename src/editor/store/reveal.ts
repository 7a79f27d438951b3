/** @file Selects something and unfolds the canvas far enough to show it. */
import { indexOf } from "./derived.ts";
import type { EditorStore, StageNumber } from "./store.ts";

/** An id that the network does not have is only selected; undefined selects nothing. */
export function reveal(store: EditorStore, id: string | undefined): void {
  const { architecture, select, setView } = store.getState();
  select(id);
  if (id === undefined) return;
  const { nodes, groups } = indexOf(architecture);
  const group = groups.get(id) ?? groups.get(nodes.get(id)?.group ?? "");
  if (group?.stage === undefined || group.kind === "stage") return;
  const stage = group.stage as StageNumber;
  const inMixer = group.kind === "tokenMixer" && !groups.has(id);
  setView(stage, {
    open: true,
    ...(group.block !== undefined && { block: group.block }),
    ...(inMixer && { mixer: true }),
  });
}

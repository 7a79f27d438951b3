/** @file The first minute: what is opened, with which weights, in front of which picture. */
import { backendInAddress } from "../settings/settings.ts";
import { weightsOffer } from "./actions.ts";
import { keepAddress } from "./address.ts";
import { showFittingPicture } from "./firstPicture.ts";
import { loadFirstWeights } from "./firstWeights.ts";
import type { Session } from "./session.ts";

/** Starts the engine on what the editor holds, and keeps engine, address and picture in step with it from now on. */
export async function startSession(session: Session): Promise<void> {
  const { client, editor, engine, library, notices, settings } = session;
  client.setBackend(backendInAddress(location.search) ?? settings.getState().backend);
  client.setArchitecture(editor.getState().architecture);
  editor.subscribe((state, before) => {
    if (state.architecture !== before.architecture) client.setArchitecture(state.architecture);
    if (state.baseline !== before.baseline) notices.dismiss(weightsOffer);
  });
  keepAddress(session);
  client.setHidden(document.hidden);
  document.addEventListener("visibilitychange", () => client.setHidden(document.hidden));
  engine.subscribe(({ weights }, before) => {
    if (weights?.dataset === before.weights?.dataset) return;
    const entry = library.getState().entries.find(({ id }) => id === weights?.id);
    void showFittingPicture(session, entry);
  });
  void showFittingPicture(session, undefined);
  await loadFirstWeights(session);
}

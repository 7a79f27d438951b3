/** @file The weights of the first minute. Something real always runs, and what the person does meanwhile stays. */
import type { Architecture } from "../../model/architecture/schema.ts";
import { problemOf } from "../engine/errors.ts";
import { bundledIn, fetchLibrary, type LibraryEntry, nearestTo, trainedIn } from "../library/library.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { askForWeights, openUnlessEdited } from "./actions.ts";
import { baselineFor } from "./baseline.ts";
import { showFittingPicture } from "./firstPicture.ts";
import type { Session } from "./session.ts";

export async function loadFirstWeights(session: Session): Promise<void> {
  const { client, editor, library, notices } = session;
  const entries = await fetchLibrary().catch((error: unknown) => problemOf(error));
  if (!Array.isArray(entries)) {
    const { message } = entries as { readonly message: string };
    const { isAskedForWeights } = client;
    notices.show({
      kind: "weights",
      tone: "problem",
      title: "No trained weights were found",
      text: isAskedForWeights ? message : `${message} The network runs untrained.`,
    });
    if (!isAskedForWeights) void client.loadWeights({ kind: "untrained" });
    return;
  }
  library.list(entries);
  recogniseBaseline(session, entries);
  const { architecture, baseline } = editor.getState();
  const own = trainedIn(entries, architecture);
  const isAsked = own !== undefined && (await library.mustAsk(own));
  const wanted = isAsked ? nearestTo(entries, architecture) : (own ?? nearestTo(entries, architecture));
  // A person may have been faster: what they opened meanwhile comes first.
  if (client.isAskedForWeights) return;
  if (isAsked && editor.getState().baseline === baseline) askForWeights(session, own);
  if (wanted) await loadOrFallBack(session, wanted);
  else void client.loadWeights({ kind: "untrained" });
}

/** A network that came by a link may be one that only the library knows. */
function recogniseBaseline({ editor }: Session, entries: readonly LibraryEntry[]): void {
  const { history, recogniseBaseline: recognise } = editor.getState();
  const { architecture, baseline } = history.past[0] ?? history.present;
  if (baseline !== architecture) return;
  const networks = entries.map((entry) => entry.architecture);
  recognise(baseline, baselineFor(baseline, networks));
}

/**
 * Loads the weights; where they cannot be had, the bundled network runs instead and the notice has a way to retry.
 * @returns Whether they are loaded.
 */
async function loadOrFallBack(session: Session, wanted: LibraryEntry): Promise<boolean> {
  const { client, library, notices } = session;
  try {
    await client.loadWeights({ kind: "manifest", id: wanted.id, allowLarge: false });
    notices.dismiss("weights");
    return true;
  } catch (error) {
    const problem = problemOf(error);
    const bundled = bundledIn(library.getState().entries);
    if (problem.code === "cancelled") return false;
    if (bundled && bundled !== wanted) {
      await standIn(session, bundled, wanted, problem.message);
      return false;
    }
    notices.show({
      kind: "weights",
      tone: "problem",
      title: "The weights could not be loaded",
      text: `${problem.message} The network runs untrained.`,
      actions: [{ label: "Retry", run: () => void loadOrFallBack(session, wanted) }],
    });
    void client.loadWeights({ kind: "untrained" });
    return false;
  }
}

/** Runs the bundled weights, and their network where the canvas still has the one whose weights were wanted. */
async function standIn(
  session: Session,
  bundled: LibraryEntry,
  wanted: LibraryEntry,
  reason: string,
): Promise<void> {
  const { client, editor, engine, notices } = session;
  const before = editor.getState().architecture;
  // First, so that it never says what it makes of a photograph. The picture is seen only when there are weights.
  await showFittingPicture(session, bundled);
  if (engine.getState().weights?.id !== bundled.id) {
    const problem = await client
      .loadWeights({ kind: "manifest", id: bundled.id, allowLarge: false })
      .then(() => undefined, problemOf);
    if (problem?.code === "cancelled") return;
  }
  // What a person edited, or came for by a link, stays on the canvas.
  const isUntouched = editor.getState().architecture === before;
  if (isUntouched && sameNetwork(before, wanted.architecture)) {
    editor.getState().beginWith(bundled.architecture);
  }
  notices.show({
    kind: "weights",
    tone: "news",
    title: `The ImageNet weights of ${nameOf(wanted)} could not be fetched`,
    text: sameNetwork(editor.getState().architecture, bundled.architecture)
      ? `${firstSentence(reason)} The bundled network runs instead, trained on Fashion-MNIST.`
      : `${firstSentence(reason)} Your network runs with what carries over from the bundled one.`,
    actions: [{ label: "Retry", run: () => void retry(session, bundled, wanted) }],
  });
}

/** Opens the wanted network in the place of the one that stands in for it; a network of the person's own stays. */
async function retry(session: Session, bundled: LibraryEntry, wanted: LibraryEntry): Promise<void> {
  const before = session.editor.getState();
  const isStandIn = sameNetwork(before.architecture, bundled.architecture);
  if (!(await loadOrFallBack(session, wanted))) return;
  const isOfWanted = sameNetwork(before.baseline, wanted.architecture);
  if (isStandIn || !isOfWanted)
    openUnlessEdited(session, wanted.architecture, isStandIn ? before.architecture : undefined);
}

/** What happened; the advice after it is the notice's own affair. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

function nameOf({ architecture, id }: { readonly architecture: Architecture; readonly id: string }): string {
  return architecture.name ?? id;
}

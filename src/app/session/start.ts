/** @file The first minute: what is opened, with which weights, in front of which picture. Something real always runs. */
import type { Snapshot } from "../../editor/store/store.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { problemOf } from "../engine/errors.ts";
import { keepAccuracies } from "../library/accuracies.ts";
import { bundledIn, fetchLibrary, type LibraryEntry, nearestTo, trainedIn } from "../library/library.ts";
import { mustAsk } from "../library/storedFiles.ts";
import { addressOf } from "../link/address.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { dismissNotice, showNotice } from "../notices/noticeStore.ts";
import { fetchPhotograph, photographs } from "../pictures/photographs.ts";
import type { Picture } from "../pictures/pictureStore.ts";
import { fetchTestImages } from "../pictures/testImages.ts";
import { backendInAddress } from "../settings/settings.ts";
import { askForWeights, showPicture, weightsOffer } from "./actions.ts";
import { baselineFor } from "./baseline.ts";
import type { Session } from "./session.ts";
import { addressOfView } from "./view.ts";

/** Ms between an edit and its address: browsers allow about 100 changes in 10 s. */
const addressDelayMs = 250;

/** Starts the engine on what the editor holds, and keeps engine, address and picture in step with it from now on. */
export async function startSession(session: Session): Promise<void> {
  const { client, editor, engine, settings } = session;
  keepAccuracies(engine);
  client.setBackend(backendInAddress(location.search) ?? settings.getState().backend);
  client.setArchitecture(editor.getState().architecture);
  editor.subscribe((state, before) => {
    if (state.architecture !== before.architecture) client.setArchitecture(state.architecture);
    if (state.baseline !== before.baseline) dismissNotice(weightsOffer);
  });
  keepAddress(session);
  client.setHidden(document.hidden);
  document.addEventListener("visibilitychange", () => client.setHidden(document.hidden));
  engine.subscribe((state, before) => {
    if (state.weights?.dataset !== before.weights?.dataset) void matchPicture(session, state.weights?.id);
  });
  void showDefaultPhotograph(session);
  await loadFirstWeights(session);
}

/** The address always reproduces the architecture; going back in the browser leaves the app, it is no second undo. */
function keepAddress({ editor, view }: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    history.replaceState(null, "", addressOf(editor.getState().architecture, location.href));
  };
  write();
  editor.subscribe((state, before) => {
    if (state.architecture === before.architecture) return;
    clearTimeout(timer);
    timer = setTimeout(write, addressDelayMs);
  });
  view.subscribe((state, before) => {
    if (state.mode === before.mode && state.compareTab === before.compareTab) return;
    history.replaceState(null, "", addressOfView(location.href, state));
  });
}

async function loadFirstWeights(session: Session): Promise<void> {
  const { client, editor, library } = session;
  const entries = await fetchLibrary().catch((error: unknown) => problemOf(error));
  if (!Array.isArray(entries)) {
    showNotice({
      kind: "weights",
      tone: "problem",
      title: "No trained weights were found",
      text: `${(entries as { readonly message: string }).message} The network runs untrained.`,
    });
    void client.loadWeights({ kind: "untrained" });
    return;
  }
  library.setState({ entries });
  const { architecture, baseline, history } = editor.getState();
  if (baseline === architecture && history.past.length === 0) {
    const networks = entries.map((entry) => entry.architecture);
    replaceNetwork(session, { architecture, baseline: baselineFor(architecture, networks) });
  }
  const own = trainedIn(entries, architecture);
  const isAsked = own !== undefined && (await mustAsk(own));
  const wanted = isAsked ? nearestTo(entries, architecture) : (own ?? nearestTo(entries, architecture));
  if (isAsked) askForWeights(session, own);
  if (wanted) await loadOrFallBack(session, wanted);
  else void client.loadWeights({ kind: "untrained" });
}

/** Loads the weights; where they cannot be had, the bundled network runs instead and the notice has a way to retry. */
async function loadOrFallBack(session: Session, wanted: LibraryEntry): Promise<void> {
  const { client, library } = session;
  try {
    await client.loadWeights({ kind: "manifest", id: wanted.id, allowLarge: false });
    dismissNotice("weights");
  } catch (error) {
    const problem = problemOf(error);
    const bundled = bundledIn(library.getState().entries);
    if (problem.code === "cancelled") return;
    if (!bundled || bundled === wanted) {
      showNotice({
        kind: "weights",
        tone: "problem",
        title: "The weights could not be loaded",
        text: `${problem.message} The network runs untrained.`,
        actions: [{ label: "Retry", run: () => void loadOrFallBack(session, wanted) }],
      });
      void client.loadWeights({ kind: "untrained" });
      return;
    }
    await openBundled(session, bundled, wanted, problem.message);
  }
}

async function openBundled(
  session: Session,
  bundled: LibraryEntry,
  wanted: LibraryEntry,
  reason: string,
): Promise<void> {
  const { client, editor } = session;
  // What a person edited, or came for by a link, stays on the canvas.
  const isUntouched = sameNetwork(editor.getState().architecture, wanted.architecture);
  // First, so that it never says what it makes of a photograph. The picture is seen only when there are weights.
  const picture = await fittingPicture(session, bundled.id);
  if (picture) void showPicture(session, picture);
  await client.loadWeights({ kind: "manifest", id: bundled.id, allowLarge: false }).catch(() => undefined);
  if (isUntouched) replaceNetwork(session, unedited(bundled.architecture));
  const name = wanted.architecture.name ?? wanted.id;
  showNotice({
    kind: "weights",
    tone: "news",
    title: `The ImageNet weights of ${name} could not be fetched`,
    text: isUntouched
      ? `${firstSentence(reason)} The bundled network runs instead, trained on Fashion-MNIST.`
      : `${firstSentence(reason)} Your network runs with what carries over from the bundled one.`,
    actions: [
      {
        label: "Retry",
        run: () => {
          if (isUntouched) replaceNetwork(session, unedited(wanted.architecture));
          void loadOrFallBack(session, wanted);
        },
      },
    ],
  });
}

/** What happened; the advice after it is the notice's own affair. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

/** Puts another network in place of one that nobody has edited: nothing to undo. */
function replaceNetwork({ editor }: Session, present: Snapshot): void {
  editor.setState({ ...present, history: { present, past: [], future: [] }, selection: undefined });
}

function unedited(architecture: Architecture): Snapshot {
  return { architecture, baseline: architecture };
}

async function showDefaultPhotograph(session: Session): Promise<void> {
  const [first] = photographs;
  if (!first) return;
  const picture = await fetchPhotograph(first).catch(() => undefined);
  if (picture && !session.pictures.getState().current) await showPicture(session, picture);
}

async function matchPicture(session: Session, id: string | undefined): Promise<void> {
  const picture = await fittingPicture(session, id);
  if (picture) await showPicture(session, picture);
}

/**
 * A picture of the kind that the weights of this id were trained on; undefined where the present one is, where the person
 * brought one of their own, and where none can be had.
 */
async function fittingPicture(
  { pictures, library }: Session,
  id: string | undefined,
): Promise<Picture | undefined> {
  const { current, own } = pictures.getState();
  if (current && own.some((picture) => picture.id === current.id)) return undefined;
  const entry = library.getState().entries.find((candidate) => candidate.id === id);
  if (entry?.testSet) {
    const images = await fetchTestImages(entry).catch(() => []);
    const last = images.at(-1);
    return last?.id === current?.id ? undefined : last;
  }
  const [first] = photographs;
  const isPhotograph = photographs.some(({ file }) => file === current?.id);
  return isPhotograph || !first ? undefined : fetchPhotograph(first).catch(() => undefined);
}

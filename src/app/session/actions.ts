/** @file What a person can do with the whole session: open a network, load weights, show a picture. */
import type { Preset } from "../../model/architecture/presets.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { isSvg, rasteriseSvg } from "../../model/image/svg.ts";
import { sizeOf } from "../../model/weights/manifest.ts";
import { type EngineProblem, problemOf } from "../engine/errors.ts";
import { bundledIn, type LibraryEntry, trainedIn } from "../library/library.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { type Picture, pictureOf } from "../pictures/pictureStore.ts";
import { bytes, textOf } from "../words/format.ts";
import type { Session } from "./session.ts";

/** Opens a preset with its own weights where there are some; until they are there, what is loaded carries over. */
export function openPreset(session: Session, { architecture }: Pick<Preset, "architecture">): void {
  const { editor, library } = session;
  editor.getState().applyArchitecture(architecture, { baseline: architecture });
  const entry = trainedIn(library.getState().entries, architecture);
  if (entry) void offerWeights(session, entry);
}

/** Kind of the notices about the weights of the network that was opened last. */
export const weightsOffer = "weights-offer";

/** Loads the weights, or asks first where a large file would have to be downloaded. */
async function offerWeights(session: Session, entry: LibraryEntry): Promise<void> {
  if (areLoaded(session, entry)) return;
  const isAsked = await session.library.mustAsk(entry);
  // Another network may have been opened meanwhile.
  if (!sameNetwork(session.editor.getState().baseline, entry.architecture)) return;
  if (isAsked) askForWeights(session, entry);
  else await loadEntry(session, entry);
}

/** Whether they are loaded now. Then others that are on their way are no longer wanted: they would come in their place. */
function areLoaded({ client, engine }: Session, { id }: LibraryEntry): boolean {
  const { fetching, weights } = engine.getState();
  if (weights?.id !== id) return false;
  if (fetching && fetching.id !== id) client.cancelWeights();
  return true;
}

/** Asks whether to download the weights of the network that is open. */
export function askForWeights(session: Session, entry: LibraryEntry): void {
  const size = textOf(bytes(sizeOf(entry) ?? 0));
  const { weights } = session.engine.getState();
  const isUntrained = !weights || weights.kind === "untrained";
  session.notices.show({
    kind: weightsOffer,
    tone: "news",
    title: `Load the trained weights of ${entry.architecture.name ?? entry.id}? They are ${size}.`,
    text: isUntrained
      ? "Until then the network runs untrained: its speed is real, its answers mean nothing."
      : "Until then the network runs with what carries over from the weights that are loaded.",
    actions: [
      { label: `Load ${size}`, run: () => void loadEntry(session, entry) },
      { label: "Not now", run: () => undefined },
    ],
  });
}

/** @returns Whether they are loaded now; what went wrong is shown. */
async function loadEntry(session: Session, entry: LibraryEntry): Promise<boolean> {
  session.notices.dismiss(weightsOffer);
  try {
    await session.client.loadWeights({ kind: "manifest", id: entry.id, allowLarge: true });
    session.notices.dismiss("weights");
    session.library.forgetRefused();
    return true;
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== "cancelled") showWeightsProblem(session, entry, problem);
    return false;
  }
}

/** Stops the download; where nothing else is loaded, says what can be done instead. */
export function stopLoading(session: Session): void {
  const { client, engine, library } = session;
  const { fetching, weights } = engine.getState();
  client.cancelWeights();
  const { entries } = library.getState();
  const stopped = entries.find(({ id }) => id === fetching?.id);
  if (!stopped || (weights && weights.kind !== "untrained")) return;
  const bundled = bundledIn(entries);
  session.notices.show({
    kind: weightsOffer,
    tone: "news",
    title: "The download was stopped",
    text: "The network runs untrained: its speed is real, its answers mean nothing.",
    actions: [
      { label: "Load again", run: () => void loadEntry(session, stopped) },
      ...(bundled && bundled !== stopped
        ? [{ label: "Open the bundled network", run: () => void openEntry(session, bundled) }]
        : []),
    ],
  });
}

function showWeightsProblem(session: Session, entry: LibraryEntry, problem: EngineProblem): void {
  session.notices.show({
    kind: weightsOffer,
    tone: "problem",
    title: `The weights of ${entry.architecture.name ?? entry.id} could not be loaded`,
    text: `${problem.message} The network goes on with what carries over from the weights that are loaded.`,
    actions: [{ label: "Retry", run: () => void loadEntry(session, entry) }],
  });
}

/** Opens a checkpoint's own network, loading its weights first where they are not there yet. */
export async function openEntry(session: Session, entry: LibraryEntry): Promise<void> {
  const before = session.editor.getState().architecture;
  if (areLoaded(session, entry) || (await loadEntry(session, entry)))
    openUnlessEdited(session, entry.architecture, before);
}

/** Opens the network of weights that are loaded now, or offers it where the canvas no longer has what it had before. */
export function openUnlessEdited(
  session: Session,
  architecture: Architecture,
  before: Architecture | undefined,
): void {
  if (session.editor.getState().architecture === before) {
    openNetwork(session, architecture);
    return;
  }
  const name = architecture.name ?? "that network";
  session.notices.show({
    kind: "weights",
    tone: "news",
    title: `The weights of ${name} are loaded`,
    text: "Your network stays as you edited it, with what carries over from them.",
    actions: [{ label: `Open ${name}`, run: () => openNetwork(session, architecture) }],
  });
}

/** Opens a network as the baseline of what follows. One undo step; none where it is open already. */
function openNetwork({ editor }: Session, architecture: Architecture): void {
  const now = editor.getState();
  if (sameNetwork(now.architecture, architecture) && sameNetwork(now.baseline, architecture)) return;
  now.applyArchitecture(architecture, { baseline: architecture });
}

/** Loads a checkpoint that the person gave, and opens the network that it was trained in. */
export async function openWeightsFile(session: Session, file: File): Promise<void> {
  session.library.forgetRefused();
  const before = session.editor.getState().architecture;
  try {
    const info = await session.client.loadWeights({ kind: "file", file, name: file.name });
    session.view.openPanel("weights");
    session.notices.dismiss("weights");
    session.notices.show({ kind: "file", tone: "done", title: `${file.name} is loaded` });
    if (info.architecture) openUnlessEdited(session, info.architecture, before);
  } catch (error) {
    const { code, message } = problemOf(error);
    if (code === "cancelled") return;
    session.notices.show({
      kind: "file",
      tone: "problem",
      title: `${file.name} was not loaded`,
      text: `${message} The weights before stay.`,
    });
    await showKeys(session, file);
  }
}

/** Lists what a checkpoint lacks and has too much, where it is of a network that is known. */
async function showKeys({ client, library, view }: Session, file: File): Promise<void> {
  const keys = await client.inspectFile(file).catch(() => undefined);
  if (!keys || keys.missing.length + keys.misshaped.length === 0) return;
  library.refuse({ name: file.name, keys });
  view.openPanel("weights");
}

/** Shows a picture to the network. @returns Whether it could be read; the picture before stays where not. */
export async function showPicture(session: Session, picture: Picture): Promise<boolean> {
  const { camera, client, notices, pictures } = session;
  camera.leave();
  pictures.show(picture);
  try {
    await client.setImage(picture.image, picture.id);
    pictures.noteRead(picture);
    notices.dismiss("file");
    return true;
  } catch (error) {
    const { code, message } = problemOf(error);
    if (code === "cancelled") return false;
    const { current, read } = pictures.getState();
    if (current === picture) pictures.show(read);
    notices.show({ kind: "file", tone: "problem", title: `${picture.name} was not read`, text: message });
    return false;
  }
}

/** Shows a picture that the person gave and keeps it in reach. */
export async function showPictureFile(session: Session, file: Blob, name: string): Promise<void> {
  const image = await drawnOnPage(file).catch((error: unknown) => problemOf(error));
  if (!(image instanceof Blob)) {
    session.notices.show({
      kind: "file",
      tone: "problem",
      title: `${name} was not read`,
      text: image.message,
    });
    return;
  }
  const picture = pictureOf(name, image);
  session.view.openPanel("predict");
  if (await showPicture(session, picture)) session.pictures.keep(picture);
  else URL.revokeObjectURL(picture.url);
}

/** A worker cannot draw SVG, so the page does; everything else stays as it is. */
async function drawnOnPage(file: Blob): Promise<Blob> {
  if (!(await isSvg(file))) return file;
  const bitmap = await rasteriseSvg(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/png" });
}

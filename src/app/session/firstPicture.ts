/** @file The picture that fits the weights: a photograph, or one of the images that the weights were trained on. */
import type { LibraryEntry } from "../library/library.ts";
import { fetchPhotograph, photographs } from "../pictures/photographs.ts";
import type { Picture } from "../pictures/pictureStore.ts";
import { fetchTestImages } from "../pictures/testImages.ts";
import { showPicture } from "./actions.ts";
import type { Session } from "./session.ts";

/**
 * Shows one of them for the entry's weights, unless the person has chosen a picture, be it meanwhile. Ends when it is chosen:
 * a network sees it once there are weights.
 */
export async function showFittingPicture(session: Session, entry: LibraryEntry | undefined): Promise<void> {
  const { current, own } = session.pictures.getState();
  const isOwn = own.some((picture) => picture.id === current?.id);
  if (isOwn || isCameraUsed(session)) return;
  const picture = await fittingPicture(entry, current).catch(() => undefined);
  if (!picture || session.pictures.getState().current !== current || isCameraUsed(session)) return;
  void showPicture(session, picture);
}

/** Undefined where the present one fits, and where none can be had. */
async function fittingPicture(
  entry: LibraryEntry | undefined,
  current: Picture | undefined,
): Promise<Picture | undefined> {
  if (entry?.testSet) {
    const last = (await fetchTestImages(entry)).at(-1);
    return last?.id === current?.id ? undefined : last;
  }
  const [first] = photographs;
  const isPhotograph = photographs.some(({ file }) => file === current?.id);
  return isPhotograph || !first ? undefined : fetchPhotograph(first);
}

function isCameraUsed({ camera }: Session): boolean {
  return camera.getState().status !== "off";
}

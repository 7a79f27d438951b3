/** @file Why there is no picture from the camera, in a sentence that names the next step. */

const refused =
  "The camera was refused. Allow it for this page beside the browser's address, then try again.";
const absent = "No camera was found. Connect one and try again, or choose a picture.";
const busy = "The camera cannot be started: another program may be using it. Close that, then try again.";

/** By the name of the error that browsers give (W3C Media Capture and Streams). */
const sentences: Readonly<Record<string, string>> = {
  NotAllowedError: refused,
  SecurityError: refused,
  NotFoundError: absent,
  OverconstrainedError: absent,
  NotReadableError: busy,
  AbortError: busy,
};

export const cameraNotOffered =
  "This page cannot use a camera: browsers allow it over https and on localhost only.";
export const cameraGone = "The camera was disconnected.";

/** For anything that opening or reading a camera throws, an engine's problem included. */
export function cameraProblem(error: unknown): string {
  const { name = "", message = "" } = (error ?? {}) as { readonly name?: string; readonly message?: string };
  return sentences[name] ?? (message || "The camera stopped for a reason that the browser does not give.");
}

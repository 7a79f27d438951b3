import { expect, it } from "vitest";
import { cameraProblem } from "./cameraProblem.ts";

it.each([
  [new DOMException("Permission denied", "NotAllowedError"), /refused.*Allow it/],
  [new DOMException("Requested device not found", "NotFoundError"), /No camera was found/],
  [new DOMException("", "OverconstrainedError"), /No camera was found/],
  [new DOMException("Could not start video source", "NotReadableError"), /another program/],
  [{ code: "failed", message: "The network did not run." }, /^The network did not run\.$/],
  [undefined, /does not give/],
])("%s has a sentence", (error, sentence) => {
  expect(cameraProblem(error)).toMatch(sentence);
});

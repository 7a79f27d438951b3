import { expect, expectTypeOf, it } from "vitest";
import { createLibraryStore } from "../library/libraryStore.ts";
import { createNoticeStore } from "../notices/noticeStore.ts";
import { createCamera } from "../pictures/camera.ts";
import { createPictureStore } from "../pictures/pictureStore.ts";
import type { Session } from "./session.ts";
import { createViewStore } from "./view.ts";

/** The parts of a session that anybody could write to past their actions. */
type Writable = {
  readonly [Part in keyof Session]: Session[Part] extends { readonly setState: unknown } ? Part : never;
}[keyof Session];

it.each([
  ["notices", createNoticeStore],
  ["pictures", createPictureStore],
  ["camera", createCamera],
  ["library", createLibraryStore],
  ["view", () => createViewStore(1440)],
])("changes its %s by named actions alone", (_part, create) => {
  const store = create();
  expectTypeOf<Writable>().toBeNever();
  expect(store).toHaveProperty("subscribe");
  expect(store).not.toHaveProperty("setState");
});

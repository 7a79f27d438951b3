/** @file A visit on engines that the test answers, with the manifest that the app is served with. Never part of the page. */
import { readFileSync } from "node:fs";
import { vi } from "vitest";
import { createEditorStore } from "../../editor/store/store.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { createClient } from "../engine/fakeClient.testing.ts";
import { fetchLibrary } from "../library/library.ts";
import { createLibraryStore } from "../library/libraryStore.ts";
import { createNoticeStore } from "../notices/noticeStore.ts";
import { memorySite } from "../persistence/memory.testing.ts";
import { createCamera } from "../pictures/camera.ts";
import { createPictureStore } from "../pictures/pictureStore.ts";
import { createSettingsStore } from "../settings/settings.ts";
import { ownerOf } from "./own.ts";
import type { Session } from "./session.ts";
import { createViewStore } from "./view.ts";

/** What the host answers; nothing but the manifest is there. */
export const manifestAnswer = (): Response =>
  new Response(readFileSync(new URL("../../../public/weights/manifest.json", import.meta.url)));

/** `host` answers every fetch of the page. */
export async function fakeSession(
  architecture: Architecture,
  host: () => Promise<Response> = async () => manifestAnswer(),
) {
  vi.stubGlobal("document", { baseURI: "https://example.org/explorer/" });
  vi.stubGlobal("fetch", async (url: URL) =>
    url.pathname.endsWith("manifest.json") ? host() : new Response(null, { status: 404 }),
  );
  const { engines, store: engine, client } = createClient();
  const persistence = await memorySite().open();
  const told = createNoticeStore();
  const session: Session = {
    editor: createEditorStore(architecture),
    engine,
    client,
    pictures: createPictureStore(),
    camera: createCamera(),
    library: createLibraryStore(),
    view: createViewStore(1440),
    notices: told,
    settings: createSettingsStore(persistence),
    own: ownerOf(persistence, told),
  };
  client.setArchitecture(architecture);
  const notices = () => session.notices.getState().notices.map(({ title }) => title);
  return { session, engines, engine, client, notices };
}

/** The same, once the list of checkpoints is here and the weights of this one are loaded and answer. */
export async function runningSession(id: string) {
  vi.stubGlobal("document", { baseURI: "https://example.org/explorer/" });
  vi.stubGlobal("fetch", async () => manifestAnswer());
  const entries = await fetchLibrary();
  const entryOf = (wanted: string) => {
    const entry = entries.find((one) => one.id === wanted);
    if (!entry) throw new Error(`The manifest has no ${wanted}.`);
    return entry;
  };
  const all = await fakeSession(entryOf(id).architecture);
  const { session, engines, client } = all;
  session.library.list(entries);
  const loaded = client.loadWeights({ kind: "manifest", id, allowLarge: false });
  await engines.answer("start");
  await engines.answer("loadWeights", { id, identity: id });
  await engines.answer("build");
  await loaded;
  return { ...all, entryOf };
}

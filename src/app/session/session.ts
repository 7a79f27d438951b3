/** @file Everything that one visit holds, put together once. Parts of the page take what they need from it. */
import { createEditorStore, type EditorStore } from "../../editor/store/store.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { EngineClient } from "../engine/client.ts";
import { connectWorker } from "../engine/connection.ts";
import { createEngineStore, type EngineStore } from "../engine/engineStore.ts";
import { keepAccuracies } from "../library/accuracies.ts";
import { createLibraryStore, type LibraryStore } from "../library/libraryStore.ts";
import type { NoticeStore } from "../notices/noticeStore.ts";
import type { Persistence } from "../persistence/persistence.ts";
import { type Camera, createCamera } from "../pictures/camera.ts";
import { createPictureStore, type PictureStore } from "../pictures/pictureStore.ts";
import { createSettingsStore, type SettingsStore } from "../settings/settings.ts";
import { tellNews, withdrawNews } from "./news.ts";
import { type Own, ownerOf } from "./own.ts";
import { createViewStore, type ViewStore } from "./view.ts";

export interface Session {
  readonly editor: EditorStore;
  readonly engine: EngineStore;
  readonly client: EngineClient;
  readonly pictures: PictureStore;
  readonly camera: Camera;
  readonly library: LibraryStore;
  readonly view: ViewStore;
  readonly notices: NoticeStore;
  readonly settings: SettingsStore;
  /** What parts that are loaded later need for the visit. */
  readonly own: Own;
}

export interface SessionStart {
  readonly architecture: Architecture;
  /** What differences are shown against. */
  readonly baseline: Architecture;
  readonly persistence: Persistence;
  /** The visit's own; what the browser kept may have something to tell before there is a session. */
  readonly notices: NoticeStore;
  /** Base URL of the weights hub, where it is not the public one. */
  readonly hub?: string;
}

/** Starts the worker's life lazily: nothing runs until something is wanted of the client. */
export function createSession({ architecture, baseline, persistence, notices, hub }: SessionStart): Session {
  const engine = createEngineStore();
  keepAccuracies(engine, persistence);
  const places = { site: new URL("./", document.baseURI).href, ...(hub === undefined ? {} : { hub }) };
  const client: EngineClient = new EngineClient({
    connect: connectWorker,
    places,
    store: engine,
    onNews: (news) => tellNews(notices, news, client, engine.getState().backend?.name),
  });
  withdrawNews(notices, engine);
  return {
    editor: createEditorStore(architecture, { baseline }),
    engine,
    client,
    pictures: createPictureStore(),
    camera: createCamera(),
    library: createLibraryStore(),
    view: createViewStore(window.innerWidth, location.search),
    notices,
    settings: createSettingsStore(persistence),
    own: ownerOf(persistence, notices),
  };
}

/** @file The picture that the network looks at, and those that the person brought along. */
import { createStore } from "zustand/vanilla";

export interface Picture {
  readonly id: string;
  readonly name: string;
  readonly image: Blob;
  /** Object URL of `image`, for as long as the page lives. */
  readonly url: string;
  /** What it really shows, where that is known. */
  readonly label?: string;
}

interface PictureState {
  readonly current: Picture | undefined;
  /** The one that the network looks at for as long as it cannot read `current`. */
  readonly read: Picture | undefined;
  /** Newest first. */
  readonly own: readonly Picture[];
}

/** More than this would fill the panel. */
const mostOwn = 6;

export type PictureStore = ReturnType<typeof createPictureStore>;

/** A store with no picture yet. */
export function createPictureStore() {
  const store = createStore<PictureState>()(() => ({ current: undefined, read: undefined, own: [] }));
  return {
    ...store,
    show: (current: Picture | undefined) => store.setState({ current }),
    noteRead: (read: Picture) => store.setState({ read }),
    /** Remembers a picture that the person gave, in the place of one with its id; the oldest goes. */
    keep(picture: Picture) {
      const before = store.getState().own;
      const own = [picture, ...before.filter(({ id }) => id !== picture.id)].slice(0, mostOwn);
      for (const gone of before.filter((one) => !own.includes(one))) URL.revokeObjectURL(gone.url);
      store.setState({ own });
    },
  };
}

/** Draws a picture's `image` on screen by its `url`. */
export function pictureOf(name: string, image: Blob, label?: string): Picture {
  const url = URL.createObjectURL(image);
  return { id: url, name, image, url, ...(label === undefined ? {} : { label }) };
}

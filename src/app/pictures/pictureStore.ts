/** @file The picture that the network looks at, and those that the person brought along. */
import { createStore, type StoreApi } from "zustand/vanilla";

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

/** The pictures, to read and to follow; and everything that changes them. */
export interface PictureStore extends Omit<StoreApi<PictureState>, "setState"> {
  readonly show: (picture: Picture | undefined) => void;
  readonly noteRead: (picture: Picture) => void;
  /** Remembers a picture that the person gave, in the place of one with its id; the oldest goes. */
  readonly keep: (picture: Picture) => void;
}

/** A store with no picture yet. */
export function createPictureStore(): PictureStore {
  const { setState: set, ...store } = createStore<PictureState>()(() => ({
    current: undefined,
    read: undefined,
    own: [],
  }));
  return {
    ...store,
    show: (current) => set({ current }),
    noteRead: (read) => set({ read }),
    keep: (picture) => {
      const before = store.getState().own;
      const own = [picture, ...before.filter(({ id }) => id !== picture.id)].slice(0, mostOwn);
      for (const gone of before.filter((one) => !own.includes(one))) URL.revokeObjectURL(gone.url);
      set({ own });
    },
  };
}

/** Draws a picture's `image` on screen by its `url`. */
export function pictureOf(name: string, image: Blob, label?: string): Picture {
  const url = URL.createObjectURL(image);
  return { id: url, name, image, url, ...(label === undefined ? {} : { label }) };
}

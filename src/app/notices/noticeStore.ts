/** @file Notices: what happened and what can be done about it, one of a kind at a time. */
import { createStore, type StoreApi } from "zustand/vanilla";

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  /** A newer notice of one kind takes the older one's place, so nothing stands twice. */
  readonly kind: string;
  /** `problem` interrupts a screen reader, the others wait. */
  readonly tone: "done" | "news" | "problem";
  readonly title: string;
  readonly text?: string;
  readonly actions?: readonly NoticeAction[];
}

interface NoticeState {
  /** Oldest first; one of a kind. */
  readonly notices: readonly Notice[];
}

/** What is told, to read and to follow; and everything that changes it. */
export interface NoticeStore extends Omit<StoreApi<NoticeState>, "setState"> {
  /** Shows a notice as the newest, in the place of the one of its kind. */
  readonly show: (notice: Notice) => void;
  /** Takes away the notice of a kind, if it is shown. */
  readonly dismiss: (kind: string) => void;
}

/** A store with nothing to tell yet. */
export function createNoticeStore(): NoticeStore {
  const { setState: set, ...store } = createStore<NoticeState>()(() => ({ notices: [] }));
  return {
    ...store,
    show: (notice) =>
      set(({ notices }) => ({
        notices: [...notices.filter(({ kind }) => kind !== notice.kind), { ...notice }],
      })),
    dismiss: (kind) => {
      const { notices } = store.getState();
      const others = notices.filter((notice) => notice.kind !== kind);
      if (others.length < notices.length) set({ notices: others });
    },
  };
}

/** Ms that a notice stays; undefined where it waits for the person, because it asks for something. */
export function lifetimeOf({ tone, actions = [] }: Notice): number | undefined {
  if (tone === "problem" || actions.length > 0) return undefined;
  return tone === "done" ? 4000 : 8000;
}

/** @file Notices: what happened and what can be done about it, one of a kind at a time. */
import { createStore } from "zustand/vanilla";

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

/** A notice that is shown; `id` is new whenever its kind is shown again. */
export interface ShownNotice extends Notice {
  readonly id: number;
}

/** More than this would cover the page: the oldest goes. */
const mostShown = 3;

interface NoticeState {
  /** Oldest first. */
  readonly notices: readonly ShownNotice[];
}

let lastId = 0;

export const noticeStore = createStore<NoticeState>()(() => ({ notices: [] }));

export function showNotice(notice: Notice): void {
  lastId += 1;
  const shown = { ...notice, id: lastId };
  noticeStore.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.kind !== notice.kind), shown].slice(-mostShown),
  }));
}

/** Takes away the notice of a kind, if it is shown. */
export function dismissNotice(kind: string): void {
  noticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.kind !== kind) }));
}

/** Ms that a notice stays; undefined where it waits for the person, because it asks for something. */
export function lifetimeOf({ tone, actions = [] }: Notice): number | undefined {
  if (tone === "problem" || actions.length > 0) return undefined;
  return tone === "done" ? 4000 : 8000;
}

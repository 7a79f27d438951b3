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

interface NoticeState {
  /** Oldest first; one of a kind. */
  readonly notices: readonly Notice[];
}

export const noticeStore = createStore<NoticeState>()(() => ({ notices: [] }));

/** Shows a notice as the newest, in the place of the one of its kind. */
export function showNotice(notice: Notice): void {
  noticeStore.setState(({ notices }) => ({
    notices: [...notices.filter(({ kind }) => kind !== notice.kind), { ...notice }],
  }));
}

/** Takes away the notice of a kind, if it is shown. */
export function dismissNotice(kind: string): void {
  const { notices } = noticeStore.getState();
  const others = notices.filter((notice) => notice.kind !== kind);
  if (others.length < notices.length) noticeStore.setState({ notices: others });
}

/** Ms that a notice stays; undefined where it waits for the person, because it asks for something. */
export function lifetimeOf({ tone, actions = [] }: Notice): number | undefined {
  if (tone === "problem" || actions.length > 0) return undefined;
  return tone === "done" ? 4000 : 8000;
}

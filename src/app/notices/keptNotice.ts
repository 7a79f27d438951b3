/** @file Says once that the browser does not keep something, and hands it over; says so no longer when it is kept again. */
import type { NoticeStore } from "./noticeStore.ts";

/** What is lost when the page is closed, and what saves it. */
export interface Unkept {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  /** Saves what would be lost at that time: more may have come since it was told. */
  readonly save: () => void;
}

/** Of one thing that is kept. What was told and still holds is not told again; undefined: all is kept. */
export function keptNotice(notices: NoticeStore, kind: string): (unkept: Unkept | undefined) => void {
  let isTold = false;
  return (unkept) => {
    if (unkept && !isTold) {
      const { title, text, action, save } = unkept;
      notices.show({ kind, tone: "problem", title, text, actions: [{ label: action, run: save }] });
    } else if (!unkept && isTold) notices.dismiss(kind);
    isTold = unkept !== undefined;
  };
}

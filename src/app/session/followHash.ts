/** @file A link that is put into the address bar of a page that is open already: it is opened, and undo takes it back. */

import { addressOf, architectureInHash } from "../link/address.ts";
import { showNotice } from "../notices/noticeStore.ts";
import type { Session } from "./session.ts";

/** `replaceState` fires no `hashchange`, so only the person's own changes arrive here. */
export function followHash({ editor }: Session): void {
  window.addEventListener("hashchange", () => {
    const linked = architectureInHash(location.hash);
    const now = editor.getState().architecture;
    if (linked.kind === "architecture") {
      editor.getState().applyArchitecture(linked.architecture);
      return;
    }
    if (linked.kind === "damaged") {
      showNotice({
        kind: "link",
        tone: "problem",
        title: "The link could not be opened",
        text: `${linked.issues[0]?.message ?? "It is damaged"}. What was open stays.`,
      });
      history.replaceState(null, "", addressOf(now, location.href));
    }
  });
}

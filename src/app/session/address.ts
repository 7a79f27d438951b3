/**
 * @file The address and the network: the address always reproduces what is on the canvas, and a link that the person puts
 * into it is opened, which undo takes back. Going back in the browser leaves the app; it is no second undo.
 */
import { addressOf, architectureInHash } from "../link/address.ts";
import { forgetUnsaved, keepUnsaved } from "../link/unsaved.ts";
import type { Session } from "./session.ts";
import { addressOfView } from "./view.ts";

/** Ms between an edit and its address: browsers allow about 100 changes in 10 s. */
const addressDelayMs = 250;

/** State of the entries in the browser's history that the app wrote: a link that the person opens has none. */
const written = { isOwn: true } as const;

export function keepAddress({ editor, notices, view }: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (address = location.href) => {
    clearTimeout(timer);
    timer = undefined;
    history.replaceState(written, "", addressOf(editor.getState().architecture, address));
  };
  write();
  editor.subscribe((state, before) => {
    if (state.architecture === before.architecture) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      write();
      forgetUnsaved();
    }, addressDelayMs);
  });
  view.subscribe((state, before) => {
    if (state.mode === before.mode && state.compareTab === before.compareTab) return;
    write(addressOfView(location.href, state));
  });
  const leave = () => {
    if (timer === undefined) return;
    const before = location.hash;
    write();
    keepUnsaved(before, location.hash);
  };
  // Between the two a busy machine may take longer than the delay, and the address that is asked for is that of the first.
  window.addEventListener("beforeunload", leave);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", ({ persisted }) => persisted && forgetUnsaved());
  // `replaceState` fires no `hashchange`, so only the person's own changes arrive here.
  window.addEventListener("hashchange", () => {
    const isBack = (history.state as Partial<typeof written> | null)?.isOwn === true;
    const linked = isBack ? { kind: "none" as const } : architectureInHash(location.hash);
    if (linked.kind === "architecture") editor.getState().applyArchitecture(linked.architecture);
    if (linked.kind === "damaged") {
      notices.show({
        kind: "link",
        tone: "problem",
        title: "The link could not be opened",
        text: `${linked.issues[0]?.message ?? "It is damaged"}. What was open stays.`,
      });
    }
    write();
  });
}

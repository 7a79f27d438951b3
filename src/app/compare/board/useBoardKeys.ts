/**
 * @file The board's keys, everywhere but in a text: undo and redo; Ctrl+C on a row's handle copies its network; what is
 * pasted comes to the board, or is refused with a reason.
 */
import { useEffect } from "react";
import type { BoardStore } from "../../board/boardStore.ts";
import { useBoardStore } from "../../board/react.ts";
import { networkToJson } from "../../board/readNetworks.ts";
import { takeText } from "../../board/take.ts";
import type { NoticeStore } from "../../notices/noticeStore.ts";
import { useSession } from "../../session/react.tsx";
import { copyToClipboard } from "./copy.ts";

export function useBoardKeys(): void {
  const session = useSession();
  const board = useBoardStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      if (!isTyping(event.target) && press(event, board, session.notices)) event.preventDefault();
    };
    // The page takes files and whatever looks like an architecture from anywhere, before this hears of it.
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (event.defaultPrevented || isTyping(event.target) || text.trim() === "") return;
      event.preventDefault();
      takeText(session, text, "What was pasted");
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("paste", onPaste);
    };
  }, [session, board]);
}

function press({ key, shiftKey, target }: KeyboardEvent, board: BoardStore, notices: NoticeStore): boolean {
  switch (key.toLowerCase()) {
    case "z":
      if (shiftKey) board.redo();
      else board.undo();
      return true;
    case "y":
      board.redo();
      return true;
    case "c": {
      const id = target instanceof HTMLElement ? target.dataset["variantId"] : undefined;
      const variant = board.getState().variants.find((one) => one.id === id);
      if (!variant) return false;
      void copyToClipboard(notices, networkToJson(variant.network, variant.name), variant.name);
      return true;
    }
    default:
      return false;
  }
}

/** A text has the browser's own undo and copying. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio"].includes(target.type);
}

/** @file Files and texts that are dropped anywhere on the page or pasted outside of a text field. */
import { useEffect, useState } from "react";
import { looksLikeArchitecture } from "../link/readArchitecture.ts";
import { useSession } from "../session/react.tsx";
import { takeDescription, takeFile } from "./takeFile.ts";

/** @returns Whether a file is held over the page. */
export function useDrop(): boolean {
  const session = useSession();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Only leaving the window has nothing that it goes to.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void takeFile(session, file);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      const [file] = event.clipboardData?.files ?? [];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (file) void takeFile(session, file);
      else if (looksLikeArchitecture(text)) void takeDescription(session, text, "What was pasted");
      else return;
      event.preventDefault();
    };
    const abort = new AbortController();
    const { signal } = abort;
    window.addEventListener("dragover", onDragOver, { signal });
    window.addEventListener("dragleave", onDragLeave, { signal });
    window.addEventListener("drop", onDrop, { signal });
    window.addEventListener("paste", onPaste, { signal });
    return () => abort.abort();
  }, [session]);
  return isOver;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]");
}

/** @file Keys that work everywhere: undo and redo; and on the canvas: fit, zoom, and Escape to select nothing. */
import { type RefObject, useEffect } from "react";
import { useEditorStore } from "../store/react.tsx";
import type { EditorStore } from "../store/store.ts";
import type { Camera } from "./useCamera.ts";

export function useShortcuts(canvas: RefObject<HTMLElement | null>, camera: Camera): void {
  const store = useEditorStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const done =
        event.ctrlKey || event.metaKey
          ? !hasOwnUndo(event.target) && undoKey(event, store)
          : isOnCanvas(event.target, canvas.current) && canvasKey(event, store, camera);
      if (done) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [canvas, camera, store]);
}

function undoKey({ key, shiftKey }: KeyboardEvent, store: EditorStore): boolean {
  const { undo, redo } = store.getState();
  switch (key.toLowerCase()) {
    case "z":
      if (shiftKey) redo();
      else undo();
      return true;
    case "y":
      redo();
      return true;
    default:
      return false;
  }
}

function canvasKey({ key }: KeyboardEvent, store: EditorStore, camera: Camera): boolean {
  switch (key) {
    case "Escape":
      store.getState().select(undefined);
      return true;
    case "f":
    case "0":
      camera.fit();
      return true;
    case "+":
    case "=":
      camera.zoomIn();
      return true;
    case "-":
      camera.zoomOut();
      return true;
    default:
      return false;
  }
}

/** A text that is being typed has the browser's own undo. */
function hasOwnUndo(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement) || target.type === "range") return false;
  return target.role !== "spinbutton" || target.dataset["dirty"] !== undefined;
}

/** On the canvas, and not in a text; or nowhere in particular. */
function isOnCanvas(target: EventTarget | null, canvas: HTMLElement | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("input, textarea, [role=combobox], [role=option]")) return false;
  return target === document.body || (canvas?.contains(target) ?? false);
}

/** @file Keys that work everywhere but in a text: edit or compare, panels, gallery, measuring, help. The canvas has its own. */
import { useEffect } from "react";
import { pinPresent } from "../board/pin.ts";
import { startMeasuring } from "../measure/startMeasuring.ts";
import { useSession } from "../session/react.tsx";
import { panels } from "../session/view.ts";

export function useShortcuts(): void {
  const session = useSession();
  useEffect(() => {
    const { view } = session;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || view.getState().dialog !== undefined) return;
      const { mode } = view.getState();
      const panel = panels[Number(event.key) - 1];
      if (event.key === "?") view.openDialog("shortcuts");
      else if (event.key === "c") view.toggleMode();
      else if (mode === "compare") return;
      else if (panel) view.openPanel(panel);
      else if (event.key === "Escape" && view.getState().isSheetOpen) view.closeSheet();
      else if (event.key === "p") void pinPresent(session);
      else if (event.key === "g") view.toggleGallery();
      else if (event.key === "m") {
        view.openPanel("measure");
        startMeasuring(session);
      } else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [session]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches(
      "input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=option]",
    )
  );
}

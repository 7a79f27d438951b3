/** @file Moves rows by dragging their handles: mouse, finger or pen. What they scroll in follows near its edges. */
import { type PointerEvent, type RefObject, useEffect, useState } from "react";
import { scrollSpeed } from "./scrollSpeed.ts";

/** The row that is dragged, where the pointer is, and the gap between rows that it would fall into: 0 is above the first. */
interface Drag {
  readonly id: string;
  readonly y: number;
  readonly gap: number;
}

export interface Reorder {
  readonly drag: Drag | undefined;
  /** What a handle hears. */
  readonly handle: (id: string) => {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** `ids` are those of the rows in `body`, in order. `move` takes a place that is counted without the row itself. */
export function useReorder(
  body: RefObject<HTMLElement | null>,
  ids: readonly string[],
  move: (id: string, place: number) => void,
): Reorder {
  const [drag, setDrag] = useState<Drag>();
  const at = (id: string, y: number): Drag => ({ id, y, gap: gapAt([...(body.current?.children ?? [])], y) });
  const isDragged = drag !== undefined;
  const y = drag?.y ?? 0;
  useEffect(() => {
    const scrolled = isDragged && scrollerOf(body.current);
    if (!scrolled) return;
    let frame = 0;
    const step = () => {
      const { top, bottom } = scrolled.getBoundingClientRect();
      const before = scrolled.scrollTop;
      scrolled.scrollTop += scrollSpeed(y, top, bottom);
      if (scrolled.scrollTop === before) return;
      setDrag((now) => now && { ...now, gap: gapAt([...(body.current?.children ?? [])], now.y) });
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [isDragged, y, body]);
  useEffect(() => {
    if (!isDragged) return;
    const onKeyDown = ({ key }: KeyboardEvent) => key === "Escape" && setDrag(undefined);
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [isDragged]);
  const handle = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ id, y: event.clientY, gap: ids.indexOf(id) });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.id === id) setDrag(at(id, event.clientY));
    },
    onPointerUp: () => {
      setDrag(undefined);
      const from = ids.indexOf(id);
      if (drag?.id === id) move(id, drag.gap > from ? drag.gap - 1 : drag.gap);
    },
    onPointerCancel: () => setDrag(undefined),
  });
  return { drag, handle };
}

/** How many rows have their middle above the pointer. */
function gapAt(rows: readonly Element[], y: number): number {
  return rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return (top + bottom) / 2 < y;
  }).length;
}

/** The nearest element around it that scrolls up and down. */
function scrollerOf(element: Element | null): Element | null {
  for (let around = element?.parentElement; around; around = around.parentElement) {
    const { overflowY } = getComputedStyle(around);
    if (/auto|scroll/.test(overflowY) && around.scrollHeight > around.clientHeight) return around;
  }
  return document.scrollingElement;
}

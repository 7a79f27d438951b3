/** @file Moves rows by dragging their handles: mouse, finger or pen. */
import { type PointerEvent, type RefObject, useState } from "react";

/** The row that is dragged, and the gap between rows that it would fall into: 0 is above the first. */
interface Drag {
  readonly id: string;
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
  const handle = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ id, gap: ids.indexOf(id) });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.id === id) setDrag({ id, gap: gapAt([...(body.current?.children ?? [])], event.clientY) });
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

/** @file A row's head: its place on the board, whether it is ticked, its picture, its name, what can be done with it. */
import { GripVertical } from "lucide-react";
import type { ComponentProps, KeyboardEvent } from "react";
import type { Variant } from "../../board/board.ts";
import { useBoard, useBoardStore } from "../../board/react.ts";
import { Glyph } from "../../network/Glyph.tsx";
import { glyphStagesOf } from "../../network/glyphStages.ts";
import styles from "./board.module.css";
import type { Reorder } from "./useReorder.ts";
import { VariantActions } from "./VariantActions.tsx";
import { VariantName } from "./VariantName.tsx";

export interface VariantHeaderProps {
  readonly variant: Variant;
  /** From 0. */
  readonly place: number;
  /** Undefined while the rows are sorted by a figure, when their order is not the board's. */
  readonly handle: ReturnType<Reorder["handle"]> | undefined;
  /** A word on how it was measured. */
  readonly note: string | undefined;
}

export function VariantHeader({ variant, place, handle, note }: VariantHeaderProps) {
  const { id, name, network } = variant;
  const board = useBoardStore();
  const isTicked = useBoard(({ tickedIds }) => tickedIds.includes(id));
  return (
    <div className={styles["variant"]}>
      {handle ? (
        <Handle variant={variant} place={place} {...handle} />
      ) : (
        <span className={styles["noHandle"]} />
      )}
      <input
        type="checkbox"
        aria-label={`Tick ${name}`}
        checked={isTicked}
        onChange={(event) => board.tick(id, event.target.checked)}
      />
      <Glyph stages={glyphStagesOf(network)} />
      <span className={styles["words"]}>
        <VariantName key={name} variant={variant} />
        {note && <span className={styles["note"]}>{note}</span>}
      </span>
      <VariantActions variant={variant} />
    </div>
  );
}

type HandleProps = Pick<VariantHeaderProps, "variant" | "place"> & ComponentProps<"button">;

/** Dragging or the arrow keys move the row; Delete takes it off, Ctrl+C copies it. */
function Handle({ variant: { id, name }, place, ...pointer }: HandleProps) {
  const board = useBoardStore();
  const count = useBoard(({ variants }) => variants.length);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "ArrowUp") board.move(id, place - 1);
    else if (event.key === "ArrowDown") board.move(id, place + 1);
    else if (event.key === "Delete") {
      const next = neighbourOf(event.currentTarget);
      board.remove(id);
      next?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <button
      type="button"
      className={styles["handle"]}
      aria-label={`Move ${name}, ${place + 1} of ${count}`}
      title="Drag, or press the arrow keys"
      data-variant-id={id}
      onKeyDown={onKeyDown}
      {...pointer}
    >
      <GripVertical aria-hidden />
    </button>
  );
}

/** The handle of the row below, of that above for the last: where the keyboard goes on. */
function neighbourOf(handle: HTMLElement): HTMLElement | undefined {
  const handles = [...document.querySelectorAll<HTMLElement>(`.${styles["handle"]}`)];
  const place = handles.indexOf(handle);
  return handles[place + 1] ?? handles[place - 1];
}

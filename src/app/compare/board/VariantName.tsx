/** @file A network's name on the board, edited in place: Enter or leaving applies it, Escape takes it back. A long one has two lines. */
import { useState } from "react";
import { longestName, type Variant } from "../../board/board.ts";
import { useBoardStore } from "../../board/react.ts";
import styles from "./board.module.css";

export function VariantName({ variant: { id, name } }: { readonly variant: Variant }) {
  const board = useBoardStore();
  const [draft, setDraft] = useState(name);
  const apply = () => {
    board.rename(id, draft);
    setDraft(name);
  };
  return (
    <span className={styles["name"]} data-text={draft} title={name}>
      <textarea
        aria-label={`Name of ${name}`}
        value={draft}
        rows={1}
        maxLength={longestName}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value.replaceAll(/\s/g, " "))}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(name);
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </span>
  );
}

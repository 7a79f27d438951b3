/** @file A network's name on the board, edited in place: Enter or leaving applies it, Escape takes it back. */
import { useState } from "react";
import { longestName, type Variant } from "../board.ts";
import { labStore } from "../labStore.ts";
import styles from "./board.module.css";

export function VariantName({ variant: { id, name } }: { readonly variant: Variant }) {
  const [draft, setDraft] = useState(name);
  const apply = () => {
    labStore.getState().rename(id, draft);
    setDraft(name);
  };
  return (
    <span className={styles["name"]} data-text={draft}>
      <input
        aria-label={`Name of ${name}`}
        value={draft}
        size={1}
        maxLength={longestName}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") setDraft(name);
        }}
      />
    </span>
  );
}

/** @file The architecture's name, edited in place: Enter or leaving applies it, Escape takes it back. */
import { useState } from "react";
import { useEditor } from "../../editor/store/react.tsx";
import { limits } from "../../model/architecture/schema.ts";
import styles from "./topBar.module.css";

export function NameField() {
  const name = useEditor((state) => state.architecture.name ?? "");
  const edit = useEditor((state) => state.edit);
  const [draft, setDraft] = useState<string>();
  const apply = () => {
    const next = draft?.trim();
    if (next !== undefined && next !== name) edit("name", next === "" ? undefined : next);
    setDraft(undefined);
  };
  const shown = draft ?? name;
  return (
    <span className={styles["name"]} data-text={shown || "Untitled"}>
      <input
        aria-label="Name"
        value={shown}
        placeholder="Untitled"
        size={1}
        maxLength={limits.nameLength}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") setDraft(undefined);
        }}
      />
    </span>
  );
}

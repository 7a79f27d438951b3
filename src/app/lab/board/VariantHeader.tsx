/** @file A row's head: its place on the board, whether it is the baseline, its picture, its name, what can be done with it. */
import { EllipsisVertical, GripVertical } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useStore } from "zustand";
import { Menu } from "../../../editor/controls/Menu.tsx";
import { isFixed } from "../../../model/graph/network.ts";
import { Glyph } from "../../gallery/Glyph.tsx";
import { useSession } from "../../session/react.tsx";
import { longestName, type Variant } from "../board.ts";
import { glyphStagesOf } from "../glyphStages.ts";
import { labStore } from "../labStore.ts";
import styles from "./board.module.css";

export interface VariantHeaderProps {
  readonly variant: Variant;
  /** From 0. */
  readonly place: number;
  readonly isBaseline: boolean;
}

export function VariantHeader({ variant, place, isBaseline }: VariantHeaderProps) {
  const { id, name, network } = variant;
  return (
    <div className={styles["variant"]}>
      <Handle variant={variant} place={place} />
      <input
        type="radio"
        name="baseline"
        className={styles["radio"]}
        aria-label={`${name} is the baseline`}
        title="Baseline"
        checked={isBaseline}
        onChange={() => labStore.getState().setBaseline(id)}
      />
      <Glyph stages={glyphStagesOf(network)} />
      <span className={styles["words"]}>
        <VariantName key={name} variant={variant} />
        {isBaseline && <span className={styles["note"]}>baseline</span>}
      </span>
      <Actions variant={variant} />
    </div>
  );
}

/** Arrow keys move the row. */
function Handle({ variant: { id, name }, place }: Omit<VariantHeaderProps, "isBaseline">) {
  const count = useStore(labStore, ({ variants }) => variants.length);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    labStore.getState().move(id, place + step);
  };
  return (
    <button
      type="button"
      className={styles["handle"]}
      aria-label={`Move ${name}, ${place + 1} of ${count}, with the arrow keys`}
      onKeyDown={onKeyDown}
    >
      <GripVertical aria-hidden />
    </button>
  );
}

/** Enter or leaving applies the name, Escape takes it back. */
function VariantName({ variant: { id, name } }: Pick<VariantHeaderProps, "variant">) {
  const [draft, setDraft] = useState(name);
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
        onBlur={() => {
          labStore.getState().rename(id, draft);
          setDraft(name);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") setDraft(name);
        }}
      />
    </span>
  );
}

function Actions({ variant: { id, name, network } }: Pick<VariantHeaderProps, "variant">) {
  const { editor, view } = useSession();
  const open = () => {
    if (isFixed(network)) return;
    editor.getState().applyArchitecture({ ...network, name }, { baseline: network });
    view.setState({ mode: "edit" });
  };
  return (
    <Menu
      trigger={
        <button type="button" className={styles["more"]} aria-label={`Actions for ${name}`}>
          <EllipsisVertical aria-hidden />
        </button>
      }
      groups={[
        {
          actions: [
            { label: "Open in the editor", disabled: isFixed(network), onSelect: open },
            {
              label: "Duplicate",
              onSelect: () => void labStore.getState().add([{ network, name }], id),
            },
            { label: "Delete", onSelect: () => labStore.getState().remove(id) },
          ],
        },
      ]}
    />
  );
}

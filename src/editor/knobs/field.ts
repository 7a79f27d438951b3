/** @file Ties a control to a field of the architecture: one interaction is one undo step, and a refusal says why. */
import { useMemo } from "react";
import { edit, type FieldPath, type StageField } from "../../model/architecture/edits.ts";
import type { Stage } from "../../model/architecture/schema.ts";
import { useEditor, useEditorStore } from "../store/react.tsx";
import type { EditorStore, StageNumber } from "../store/store.ts";

export interface FieldControl {
  /** Sets the field, or returns what is wrong and changes nothing. */
  readonly onChange: (value: unknown) => string | undefined;
  /** Ends the interaction, and with it the undo step. */
  readonly onCommit: () => void;
  /** What would be wrong with a value. */
  readonly check: (value: unknown) => string | undefined;
}

/** A field by its path. */
export function useField(path: FieldPath): FieldControl {
  const store = useEditorStore();
  return useMemo(() => fieldControl(store, path), [store, path]);
}

/** Where a knob stands. On a node it shows its own stage; in the inspector it shows all stages if all are edited. */
export type KnobPlace = "node" | "inspector";

export interface StageKnobProps {
  readonly stage: StageNumber;
  readonly place: KnobPlace;
}

export interface StageControl<T> extends FieldControl {
  /** Undefined where all stages are shown and differ. */
  readonly value: T | undefined;
  /** Whom it turns, as in "Depth of stage 1". */
  readonly of: string;
}

/** A field of a stage, or of all stages where the scope says so. `read` gives its value, undefined where a stage has none. */
export function useStageField<T>(
  { stage, place }: StageKnobProps,
  field: StageField,
  read: (stage: Stage) => T | undefined,
): StageControl<T> {
  const scope = useEditor((state) => state.scope);
  const value = useEditor(({ architecture }) => {
    const own = read(architecture.stages[stage]);
    if (place === "node" || scope === "stage") return own;
    const values = architecture.stages.map(read).filter((other) => other !== undefined);
    return values.every((other) => Object.is(other, own)) ? own : undefined;
  });
  const control = useField(scope === "all" ? `stages[*].${field}` : `stages[${stage}].${field}`);
  const of = place === "inspector" && scope === "all" ? "all stages" : `stage ${stage + 1}`;
  return useMemo(() => ({ ...control, value, of }), [control, value, of]);
}

/** What {@link useField} gives, for any store. */
export function fieldControl(store: EditorStore, path: FieldPath): FieldControl {
  return {
    onChange(value) {
      const { history, startGesture, edit: apply } = store.getState();
      if (!history.gesture) startGesture();
      return apply(path, value)[0]?.message;
    },
    onCommit() {
      if (store.getState().history.gesture) store.getState().endGesture();
    },
    check(value) {
      const result = edit(store.getState().architecture, path, value);
      return result.ok ? undefined : result.issues[0]?.message;
    },
  };
}

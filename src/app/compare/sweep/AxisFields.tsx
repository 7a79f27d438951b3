/** @file One field of a sweep: which, in which stages, over which values. */
import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "../../../editor/controls/IconButton.tsx";
import { Select } from "../../../editor/controls/Select.tsx";
import type { Architecture } from "../../../model/architecture/schema.ts";
import { fieldsOf, type StageScope, stageScopes, sweepFields } from "./fields.ts";
import type { AxisDraft } from "./kept.ts";
import styles from "./sweep.module.css";

export interface AxisFieldsProps {
  readonly architecture: Architecture;
  readonly axis: AxisDraft;
  /** `first` or `second`. */
  readonly place: string;
  readonly problem: string | undefined;
  readonly onChange: (axis: AxisDraft) => void;
  readonly onRemove: (() => void) | undefined;
  readonly disabled: boolean;
}

const scopeLabels: Readonly<Record<StageScope, string>> = {
  "*": "all stages",
  "0": "stage 1",
  "1": "stage 2",
  "2": "stage 3",
  "3": "stage 4",
};

export function AxisFields({
  architecture,
  axis,
  place,
  problem,
  onChange,
  onRemove,
  disabled,
}: AxisFieldsProps) {
  const id = useId();
  const fields = fieldsOf(architecture, axis.scope);
  const chosen = sweepFields.find(({ field }) => field === axis.field);
  const shown = chosen && !fields.includes(chosen) ? [chosen, ...fields] : fields;
  const scopes = stageScopes.filter(
    (scope) =>
      scope === axis.scope || fieldsOf(architecture, scope).some(({ field }) => field === axis.field),
  );
  return (
    <fieldset className={styles["axis"]}>
      <legend className={styles["hidden"]}>The {place} field</legend>
      <Select
        label={`The ${place} field`}
        value={axis.field}
        options={shown.map(({ field, label }) => ({ value: field, label }))}
        onChange={(field) => {
          const values = sweepFields.find((one) => one.field === field)?.values ?? axis.values;
          onChange({ ...axis, field, values });
        }}
        disabled={disabled}
      />
      <span className={styles["word"]}>in</span>
      <Select
        label={`Stages of the ${place} field`}
        value={axis.scope}
        options={scopes.map((scope) => ({ value: scope, label: scopeLabels[scope] }))}
        onChange={(scope) => onChange({ ...axis, scope })}
        disabled={disabled}
      />
      <span className={styles["word"]}>over</span>
      <span className={styles["values"]}>
        <input
          className={styles["input"]}
          aria-label={`Values of the ${place} field`}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}help${problem === undefined ? "" : ` ${id}problem`}`}
          value={axis.values}
          onChange={(event) => onChange({ ...axis, values: event.target.value })}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
        />
        <span id={`${id}help`} className={styles["hidden"]}>
          A list as 3, 7, 11 or 1/8, 1/4; or a range with a step, as 3..31:2.
        </span>
        {problem !== undefined && (
          <span id={`${id}problem`} role="alert" className={styles["problem"]}>
            {problem}
          </span>
        )}
      </span>
      {onRemove && (
        <IconButton label={`Remove the ${place} field`} icon={<X />} onClick={onRemove} disabled={disabled} />
      )}
    </fieldset>
  );
}

/**
 * @file A slider with its number beside it. `onChange` runs while it moves, `onCommit` once when the drag or the key ends,
 * so that the caller can make one undo step of it. The browser's own range input gives keyboard, touch and screen readers.
 */
import { NumberField, type NumberFieldProps } from "./NumberField.tsx";
import styles from "./slider.module.css";
import { keyTarget, snap } from "./steps.ts";

export interface SliderProps
  extends Pick<NumberFieldProps, "label" | "value" | "onChange" | "check" | "format" | "floatMessage"> {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onCommit: () => void;
  /** Words for screen readers, as `1/8, 12 channels`. */
  readonly valueText?: string;
  /** Width of the number in characters. */
  readonly digits?: number;
}

export function Slider(props: SliderProps) {
  const { label, value, min, max, step, onChange, onCommit, valueText, ...field } = props;
  const shown = value ?? min;
  const share = max > min ? (Math.min(max, Math.max(min, shown)) - min) / (max - min) : 0;
  return (
    <span className={styles["slider"]}>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={value === undefined ? "mixed" : valueText}
        className={`${styles["range"]} nodrag nopan`}
        style={{ "--share": share }}
        data-mixed={value === undefined || undefined}
        min={min}
        max={max}
        step="any"
        value={shown}
        onChange={(event) => onChange(snap(event.target.valueAsNumber, { min, max, step }))}
        onKeyDown={(event) => {
          const next = keyTarget(event.key, shown, { min, max, step });
          if (next === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          onChange(next);
        }}
        onPointerUp={onCommit}
        onKeyUp={onCommit}
        onBlur={onCommit}
      />
      <NumberField
        {...field}
        label={`${label}, as a number`}
        value={value}
        onChange={onChange}
        onCommit={onCommit}
        step={step}
        min={min}
        max={max}
      />
    </span>
  );
}

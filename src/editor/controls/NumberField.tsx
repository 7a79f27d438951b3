/**
 * @file A field for one number. Enter or leaving it applies the text; arrow keys and buttons apply at once. Text that is
 * no good stays as it was typed, with a message, and changes nothing; Escape takes it back.
 */
import { Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { FieldMessage } from "./FieldMessage.tsx";
import styles from "./numberField.module.css";
import { parseNumber } from "./parseNumber.ts";

export interface NumberFieldProps {
  /** Accessible name. */
  readonly label: string;
  /** Undefined where several things are edited together and differ: shown as "mixed". */
  readonly value: number | undefined;
  /** Applies a number, or returns what is wrong with it and changes nothing. */
  readonly onChange: (value: number) => string | undefined;
  /** One interaction is over: a key was released, a text applied. */
  readonly onCommit?: () => void;
  /** What would be wrong with a number, asked while typing. */
  readonly check?: (value: number) => string | undefined;
  /** Change of an arrow key; ten times as much with Shift or Page Up and Down. */
  readonly step: number;
  readonly min: number;
  readonly max: number;
  /** Words for the number; the plain number where absent. */
  readonly format?: (value: number) => string;
  /** Written after the number, as `px`. */
  readonly unit?: string;
  /** Shows minus and plus buttons. */
  readonly stepper?: boolean;
  /** Width of the number in characters. */
  readonly digits?: number;
  /** The message floats over what is below instead of pushing it down. */
  readonly floatMessage?: boolean;
  readonly disabled?: boolean;
}

/** What was typed; it holds as long as the value that it was typed over does. */
interface Draft {
  readonly text: string;
  readonly over: number | undefined;
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, onCommit, check, step, min, max, unit, stepper, disabled = false } = props;
  const { format = String, digits = 4, floatMessage = false } = props;
  const messageId = useId();
  const box = useRef<HTMLSpanElement>(null);
  const [draft, setDraft] = useState<Draft>();
  const typed = draft !== undefined && draft.over === value ? draft.text : undefined;
  const message = typed === undefined ? undefined : problemOf(typed, check);

  const apply = (next: number) => {
    if (next === value) setDraft(undefined);
    else if (onChange(next) === undefined) setDraft(undefined);
    else setDraft({ text: String(next), over: value });
  };
  const applyTyped = () => {
    const number = typed === undefined ? undefined : parseNumber(typed);
    if (number !== undefined && message === undefined) apply(number);
    onCommit?.();
  };
  const stepBy = (amount: number) => {
    const from = (typed === undefined ? undefined : parseNumber(typed)) ?? value ?? min;
    apply(Math.min(max, Math.max(min, Number((from + amount).toFixed(6)))));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const amount = stepOf(event, step);
    if (amount !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      stepBy(amount);
    } else if (event.key === "Enter") {
      event.stopPropagation();
      applyTyped();
    } else if (event.key === "Escape" && typed !== undefined) {
      event.stopPropagation();
      setDraft(undefined);
    }
  };
  const press = (amount: number) => {
    stepBy(amount);
    onCommit?.();
  };

  return (
    <span className={styles["field"]}>
      <span ref={box} className={styles["box"]} data-invalid={message !== undefined || undefined}>
        {stepper && (
          <StepButton
            label={`Decrease ${lowerFirst(label)}`}
            disabled={disabled || value === min}
            onPress={() => press(-step)}
          >
            <Minus />
          </StepButton>
        )}
        <input
          role="spinbutton"
          aria-label={label}
          aria-valuenow={value}
          aria-valuetext={value === undefined ? "mixed" : format(value)}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-invalid={message !== undefined}
          aria-describedby={message === undefined ? undefined : messageId}
          className={styles["input"]}
          style={{ width: `${digits + 1}ch` }}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          data-dirty={typed === undefined ? undefined : ""}
          disabled={disabled}
          placeholder={value === undefined ? "mixed" : undefined}
          value={typed ?? (value === undefined ? "" : format(value))}
          onChange={(event) => setDraft({ text: event.target.value, over: value })}
          onFocus={(event) => event.target.select()}
          onBlur={applyTyped}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => stepOf(event, step) !== undefined && onCommit?.()}
        />
        {unit && <span className={styles["unit"]}>{unit}</span>}
        {stepper && (
          <StepButton
            label={`Increase ${lowerFirst(label)}`}
            disabled={disabled || value === max}
            onPress={() => press(step)}
          >
            <Plus />
          </StepButton>
        )}
      </span>
      {message !== undefined && (
        <FieldMessage id={messageId} text={message} anchor={floatMessage ? box : undefined} />
      )}
    </span>
  );
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

interface StepButtonProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** Not a tab stop: the field itself has the arrow keys. */
function StepButton({ label, disabled, onPress, children }: StepButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      className={styles["step"]}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

function stepOf({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }, step: number) {
  switch (key) {
    case "ArrowUp":
      return shiftKey ? 10 * step : step;
    case "ArrowDown":
      return shiftKey ? -10 * step : -step;
    case "PageUp":
      return 10 * step;
    case "PageDown":
      return -10 * step;
    default:
      return undefined;
  }
}

function problemOf(text: string, check: NumberFieldProps["check"]): string | undefined {
  if (text.trim() === "") return "A number is needed here";
  const value = parseNumber(text);
  if (value === undefined) return `“${text.trim()}” is not a number`;
  return check?.(value);
}

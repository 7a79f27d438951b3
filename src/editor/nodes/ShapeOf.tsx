/** @file The shape of what a module gives, as `C × H × W`. */
import { formatShape } from "../format.ts";
import { outputOf } from "../store/derived.ts";
import { useShown } from "../store/react.tsx";
import styles from "./shapeOf.module.css";

export interface ShapeOfProps {
  /** Of a group or node. */
  readonly id: string;
  /** Without spaces, for the smallest nodes. */
  readonly tight?: boolean;
}

export function ShapeOf({ id, tight = false }: ShapeOfProps) {
  const output = outputOf(useShown(), id);
  const shape = output && formatShape(output);
  return (
    <span
      className={styles["shape"]}
      data-tight={tight || undefined}
      title="Output: channels × height × width"
    >
      {tight ? shape?.replaceAll(" ", "") : shape}
    </span>
  );
}

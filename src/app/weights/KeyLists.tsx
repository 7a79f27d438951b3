/** @file Keys of a checkpoint that do not fit its network, folded: what is missing, what is too much, what has another shape. */
import { formatExact } from "../../editor/format.ts";
import type { CheckpointKeys } from "../../model/engine/api.ts";
import styles from "./weights.module.css";

/** Keys that are listed of a kind; there can be hundreds. */
const listed = 40;

/** Nothing where every key has its place. */
export function KeyLists({ missing, extra, misshaped }: Omit<CheckpointKeys, "matched">) {
  const wrong = misshaped.map(({ key, expected, actual }) => ({
    key,
    note: `${shapeText(actual)}, needs ${shapeText(expected)}`,
  }));
  const lists = [
    { title: "Missing", keys: missing.map((key) => ({ key, note: "" })) },
    { title: "In another shape", keys: wrong },
    { title: "Extra, not used", keys: extra.map((key) => ({ key, note: "" })) },
  ].filter(({ keys }) => keys.length > 0);
  if (lists.length === 0) return null;
  return (
    <div className={`${styles["fates"]} ${styles["keys"]}`}>
      {lists.map(({ title, keys }) => (
        <details key={title} className={styles["fate"]}>
          <summary>
            <span className={styles["rule"]}>{title}</span>
            <span data-numeric>
              {formatExact(keys.length)} {keys.length === 1 ? "tensor" : "tensors"}
            </span>
          </summary>
          <ul>
            {keys.slice(0, listed).map(({ key, note }) => (
              <li key={key}>
                <code>{key}</code> {note && <span>{note}</span>}
              </li>
            ))}
            {keys.length > listed && <li>and {formatExact(keys.length - listed)} more</li>}
          </ul>
        </details>
      ))}
    </div>
  );
}

function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "a single number" : shape.join(" × ");
}

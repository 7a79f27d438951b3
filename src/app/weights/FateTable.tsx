/** @file What became of the checkpoint's tensors in the edited network, by rule and one by one. */
import { formatCount } from "../../editor/format.ts";
import { builtWithPresent } from "../engine/engineStore.ts";
import panel from "../panel/panel.module.css";
import { useEngine } from "../session/react.tsx";
import { percent, textOf } from "../words/format.ts";
import { groupFates } from "./fates.ts";
import styles from "./weights.module.css";

/** Tensors that are listed of one rule; there can be hundreds, all alike. */
const listed = 40;

export function FateTable() {
  const fates = useEngine((state) => builtWithPresent(state)?.fates);
  if (!fates || fates.length === 0) return null;
  const groups = groupFates(fates);
  return (
    <section className={panel["section"]} aria-label="What carried over">
      <h3 className={panel["heading"]}>What carried over</h3>
      <div className={styles["fates"]}>
        {groups.map(({ rule, fates: members, elements, carried }) => (
          <details key={rule} className={styles["fate"]}>
            <summary>
              <span className={styles["rule"]}>{rule}</span>
              <span data-numeric>
                {members.length} {members.length === 1 ? "tensor" : "tensors"}
              </span>
              <span data-numeric className={styles["elements"]}>
                {formatCount(elements)}, {textOf(percent(elements === 0 ? 0 : carried / elements))}
              </span>
            </summary>
            <ul>
              {members.slice(0, listed).map(({ key, shape, reason }) => (
                <li key={key}>
                  <code>{key}</code> <span>{shape.join(" × ")}</span>
                  <p>{reason}</p>
                </li>
              ))}
              {members.length > listed && <li>and {members.length - listed} more, by the same rule</li>}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}

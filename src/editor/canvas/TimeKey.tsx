/** @file The key to the colours of the times. */
import { formatBound } from "../format.ts";
import { heatBounds } from "../graph/heat.ts";
import styles from "./timeKey.module.css";

export function TimeKey({ totalMs }: { readonly totalMs: number }) {
  const bounds = heatBounds(totalMs).map(formatBound);
  return (
    <div
      className={styles["key"]}
      role="img"
      aria-label={`Colours of the times: six steps from pale to strong, parted at ${bounds.join(", ")} milliseconds`}
    >
      <span>Time</span>
      <span className={styles["scale"]}>
        {[1, 2, 3, 4, 5, 6].map((step) => (
          <span key={step} className={styles["step"]} style={{ background: `var(--heat-${step})` }} />
        ))}
        {bounds.map((bound, index) => (
          <span key={bound} className={styles["bound"]} style={{ gridColumn: `${index + 1} / span 2` }}>
            {bound}
          </span>
        ))}
      </span>
      <span>ms</span>
    </div>
  );
}

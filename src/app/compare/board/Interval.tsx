/** @file A ratio of times with its 95 % interval, drawn on an axis that all rows of the board share. */

import type { Against } from "../../runs/results.ts";
import { speed } from "../../words/format.ts";
import { ratioText } from "../../words/ratioText.ts";
import styles from "./interval.module.css";
import { placeIn } from "./ratioDomain.ts";

export interface IntervalProps {
  readonly against: Against;
  /** Ends of the axis, around 1. */
  readonly domain: readonly [low: number, high: number];
}

const words = {
  faster: (ratio: number) => speed(ratio).text,
  slower: (ratio: number) => speed(ratio).text,
  undecided: () => "undecided",
} as const;

export function Interval({ against, domain }: IntervalProps) {
  const { median, low, high, verdict } = against;
  const at = (ratio: number) => `${(100 * placeIn(domain, ratio)).toFixed(2)}%`;
  return (
    <span className={styles["interval"]} data-verdict={verdict}>
      <span className={styles["words"]}>
        <span>{ratioText(median)}</span>
        <span className={styles["range"]}>
          {ratioText(low)} – {ratioText(high)}
        </span>
      </span>
      <svg className={styles["drawing"]} aria-hidden="true">
        <line className={styles["axis"]} x1="0" x2="100%" y1="6" y2="6" />
        <line className={styles["one"]} x1={at(1)} x2={at(1)} y1="0" y2="12" />
        <line className={styles["bar"]} x1={at(low)} x2={at(high)} y1="6" y2="6" />
        <circle className={styles["dot"]} cx={at(median)} cy="6" r="3" />
      </svg>
      <span className={styles["verdict"]}>{words[verdict](median)}</span>
    </span>
  );
}

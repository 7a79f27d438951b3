/** @file A module's share of the network's parameters, MACs and time: three thin bars with numbers. */
import { memo, useContext } from "react";
import { formatMs, formatShare } from "../format.ts";
import { networkCostOf, timedName } from "../store/derived.ts";
import { useShown } from "../store/react.tsx";
import { useComparison } from "./comparison.ts";
import styles from "./shares.module.css";
import { SlotsContext, useHeat } from "./slots.ts";

export interface SharesProps {
  /** Of a group or node. */
  readonly id: string;
  /** `inline`: side by side. `stack`: under each other. `tiny`: by initials instead of words. */
  readonly variant: "inline" | "stack" | "tiny" | "inlineTiny";
}

export function Shares({ id, variant }: SharesProps) {
  const architecture = useShown();
  const { total, byId } = networkCostOf(architecture);
  const cost = byId.get(id);
  const { times } = useContext(SlotsContext);
  const heat = useHeat(id);
  const ms = times?.msById.get(id);
  const within = times?.withinById.get(id);
  // Only the network that is edited has a profile.
  const isCompared = useComparison() !== undefined;
  const words = variant === "inline" || variant === "stack";
  const missing = words ? "not measured" : "–";
  return (
    <dl className={styles["shares"]} data-variant={variant} data-timed={times !== undefined || undefined}>
      <Share
        term={words ? "Params" : "P"}
        name="Parameters"
        share={(cost?.params ?? 0) / total.params}
        color="var(--share-params)"
      />
      <Share
        term={words ? "MACs" : "M"}
        name="MACs"
        share={(cost?.macs ?? 0) / total.macs}
        color="var(--share-macs)"
      />
      {isCompared ? null : times && ms !== undefined ? (
        <Share
          term={words ? "Time" : "T"}
          name="Time"
          share={ms / times.totalMs}
          color={`var(--heat-${heat})`}
          number={formatMs(ms)}
          hasBar={words}
        />
      ) : (
        <Missing
          term={words ? "Time" : "T"}
          text={within ? `in ${timedName(architecture, within.id)}` : missing}
          title={
            within
              ? `Time: within ${timedName(architecture, within.id)}, ${formatMs(within.ms)} together`
              : "Time: not measured"
          }
        />
      )}
    </dl>
  );
}

interface ShareProps {
  readonly term: string;
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  readonly color: string;
  /** Shown instead of the share. */
  readonly number?: string;
  readonly hasBar?: boolean;
}

const Share = memo(function Share({ term, name, share, color, number, hasBar = true }: ShareProps) {
  const text = `${formatShare(share)} of the network's`;
  return (
    <div
      className={styles["share"]}
      data-of={name}
      title={`${name}: ${number === undefined ? text : `${number}, ${text}`}`}
    >
      <dt className={styles["term"]}>{term}</dt>
      <dd className={styles["value"]}>
        {hasBar && (
          <span className={styles["track"]}>
            <span className={styles["bar"]} style={{ "--share": share, "--color": color }} />
          </span>
        )}
        <span className={styles["number"]}>{number ?? formatShare(share)}</span>
      </dd>
    </div>
  );
});

interface MissingProps {
  readonly term: string;
  readonly text: string;
  readonly title: string;
}

/** Where a time would stand. */
function Missing({ term, text, title }: MissingProps) {
  return (
    <div className={styles["share"]} data-of="Time" title={title}>
      <dt className={styles["term"]}>{term}</dt>
      <dd className={styles["value"]}>
        <span className={styles["missing"]}>{text}</span>
      </dd>
    </div>
  );
}

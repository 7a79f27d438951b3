/** @file A module's share of the network's parameters, MACs and time: three thin bars with numbers. */
import { memo, useContext } from "react";
import { formatMs, formatShare } from "../format.ts";
import { networkCostOf } from "../store/derived.ts";
import { useShown } from "../store/react.tsx";
import { useComparison } from "./comparison.ts";
import styles from "./shares.module.css";
import { SlotsContext } from "./slots.ts";

export interface SharesProps {
  /** Of a group or node. */
  readonly id: string;
  /** `inline`: side by side. `stack`: under each other. `tiny`: by initials instead of words. */
  readonly variant: "inline" | "stack" | "tiny" | "inlineTiny";
}

export function Shares({ id, variant }: SharesProps) {
  const { total, byId } = networkCostOf(useShown());
  const cost = byId.get(id);
  const { times } = useContext(SlotsContext);
  const ms = times?.msById.get(id);
  const time = times && ms !== undefined ? { share: ms / times.totalMs, ms } : undefined;
  // Only the network that is edited has a profile.
  const isCompared = useComparison() !== undefined;
  const words = variant === "inline" || variant === "stack";
  return (
    <dl className={styles["shares"]} data-variant={variant}>
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
      {!isCompared && (
        <Share
          term={words ? "Time" : "T"}
          name="Time"
          share={time?.share}
          color="var(--share-time)"
          note={time && formatMs(time.ms)}
          missing={words ? "not measured" : "–"}
        />
      )}
    </dl>
  );
}

interface ShareProps {
  readonly term: string;
  readonly name: string;
  /** 0 to 1; undefined where it was not measured. */
  readonly share: number | undefined;
  readonly color: string;
  readonly note?: string | undefined;
  /** Shown instead of a share that was not measured. */
  readonly missing?: string;
}

const Share = memo(function Share({ term, name, share, color, note, missing }: ShareProps) {
  const text = share === undefined ? "not measured" : `${formatShare(share)} of the network's`;
  return (
    <div className={styles["share"]} title={`${name}: ${text}${note ? ` (${note})` : ""}`}>
      <dt className={styles["term"]}>{term}</dt>
      <dd className={styles["value"]}>
        {share === undefined ? (
          <span className={styles["missing"]}>{missing}</span>
        ) : (
          <>
            <span className={styles["track"]}>
              <span className={styles["bar"]} style={{ "--share": share, "--color": color }} />
            </span>
            <span className={styles["number"]}>{formatShare(share)}</span>
          </>
        )}
      </dd>
    </div>
  );
});

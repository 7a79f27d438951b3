/** @file What counting says and what the device says, in one sentence for each network against the baseline. */

import { costOfAny } from "../../network/costs.ts";
import { deviceText } from "../../runs/conditions.ts";
import { speed } from "../../words/format.ts";
import { ratioText } from "../../words/ratioText.ts";
import type { Row } from "./rows.ts";
import styles from "./sentences.module.css";
import type { Section } from "./useSections.ts";

export function Sentences({
  own,
  imported,
}: {
  readonly own: Section;
  readonly imported: readonly Section[];
}) {
  const sections = [own, ...imported].filter(({ rows }) => rows.some(isCompared));
  if (sections.length === 0) return null;
  return (
    <section className={styles["sentences"]} aria-label="MACs and time">
      <h3 className={styles["title"]}>What MACs say, and what the device says</h3>
      {sections.map(({ id, record, rows, baseline }) => (
        <div key={id} className={styles["group"]}>
          {id !== own.id && record && <h4 className={styles["device"]}>{deviceText(record)}</h4>}
          <ul className={styles["list"]}>
            {rows.filter(isCompared).map((row) => (
              <li key={row.id}>
                <Sentence
                  row={row}
                  baseline={baseline}
                  device={id === own.id ? "your device" : "that device"}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

interface SentenceProps {
  readonly row: Row;
  readonly baseline: Row | undefined;
  /** As `your device`. */
  readonly device: string;
}

function Sentence({ row, baseline, device }: SentenceProps) {
  const against = row.result?.against;
  if (!against || !baseline) return null;
  const macs = speed(costOfAny(row.network).total.macs / costOfAny(baseline.network).total.macs);
  const { verdict, median, low, high, rounds } = against;
  return (
    <>
      <strong>{row.name}</strong> against {baseline.name}: MACs say {macs.text}, {device} says{" "}
      {verdict === "undecided" ? (
        <>no difference that {rounds} rounds can show</>
      ) : (
        <strong data-verdict={verdict}>{speed(median).text}</strong>
      )}{" "}
      <span className={styles["interval"]}>
        (time ratio {ratioText(low)} to {ratioText(high)})
      </span>
      .
    </>
  );
}

function isCompared({ result }: Row): boolean {
  return result?.against !== undefined;
}

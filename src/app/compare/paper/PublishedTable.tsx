/** @file Every published network: what was printed of it, and what is counted and measured here. */

import { type PaperFigures, paperFigures, paperSetting } from "../../../model/benchmark/paperFigures.ts";
import type { BenchmarkRecord } from "../../../model/benchmark/record.ts";
import { costOfAny } from "../../network/costs.ts";
import { deviceText } from "../../runs/conditions.ts";
import { count, percent, perSecond, textOf } from "../../words/format.ts";
import styles from "./paper.module.css";
import { publishedName, throughputHere } from "./paper.ts";

export function PublishedTable({ records }: { readonly records: readonly BenchmarkRecord[] }) {
  const [newest] = records;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className={styles["scroll"]} aria-label="Published figures" tabIndex={0}>
      <table className={styles["table"]}>
        <caption className={styles["hidden"]}>Published figures and those found here</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={5}>
              Published, {paperSetting.device}
            </th>
            <th scope="colgroup" colSpan={3} data-own>
              Here{newest && `, ${deviceText(newest)}`}
            </th>
          </tr>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Parameters</th>
            <th scope="col">MACs</th>
            <th scope="col">Training, images/s</th>
            <th scope="col">Inference, images/s</th>
            <th scope="col">Top-1</th>
            <th scope="col" data-own>
              Parameters
            </th>
            <th scope="col">MACs</th>
            <th scope="col">Inference, images/s</th>
          </tr>
        </thead>
        <tbody>
          {paperFigures.map((figures) => (
            <Row key={figures.id} figures={figures} records={records} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  figures,
  records,
}: {
  readonly figures: PaperFigures;
  readonly records: readonly BenchmarkRecord[];
}) {
  const { total } = costOfAny(figures.network);
  const here = throughputHere(records, figures);
  return (
    <tr>
      <th scope="row">{publishedName(figures)}</th>
      <td>{printed(figures.params, 1e6, "M")}</td>
      <td>{printed(figures.macs, 1e9, "G")}</td>
      <td>{number(figures.trainImagesPerSecond)}</td>
      <td>{number(figures.imagesPerSecond)}</td>
      <td>{textOf(percent(figures.top1))}</td>
      <td data-own>{textOf(count(total.params))}</td>
      <td>{textOf(count(total.macs))}</td>
      <td>
        {here ? (
          <>
            {number(here.imagesPerSecond)}{" "}
            <span className={styles["note"]}>batch {here.record.settings.batch}</span>
          </>
        ) : (
          <span className={styles["absent"]}>not measured</span>
        )}
      </td>
    </tr>
  );
}

/** With no more digits than were printed. */
function printed(value: number, of: number, unit: string): string {
  return textOf({ number: String(Number((value / of).toPrecision(3))), unit });
}

function number(imagesPerSecond: number): string {
  return perSecond(imagesPerSecond).number;
}

/** @file The figures of one row, in the units that the whole column shares. */

import { formatExact } from "../../../editor/format.ts";
import styles from "./board.module.css";
import type { Column, Columns } from "./columns.ts";
import { accuracy, accuracyText, ratio } from "./figures.ts";
import { Interval } from "./Interval.tsx";
import { type Row, rowDifference } from "./rows.ts";

export interface FigureCellsProps {
  readonly row: Row;
  readonly baseline: Row | undefined;
  readonly columns: Columns;
}

export function FigureCells({ row, baseline, columns }: FigureCellsProps) {
  const { counted, measured } = columns;
  const cell = (column: Column) => (
    <FigureCell key={column.figure.id} column={column} row={row} baseline={baseline} />
  );
  return (
    <>
      {counted.map(cell)}
      {row.result ? (
        <>
          {measured.map(cell)}
          <td data-number data-label={ratio.label} className={styles["wideCell"]}>
            <Ratio row={row} baseline={baseline} columns={columns} />
          </td>
        </>
      ) : (
        <td
          colSpan={measured.length + 1}
          className={`${styles["unmeasured"]} ${styles["wideCell"]}`}
          data-label="Times"
        >
          not measured
        </td>
      )}
      {cell(columns.accuracy)}
    </>
  );
}

function Ratio({ row, baseline, columns }: FigureCellsProps) {
  const against = row.result?.against;
  if (against) return <Interval against={against} domain={columns.domain} />;
  return <span className={styles["absent"]}>{row === baseline ? "baseline" : "baseline not measured"}</span>;
}

function FigureCell({
  column: { figure, scale },
  row,
  baseline,
}: Pick<FigureCellsProps, "row" | "baseline"> & { readonly column: Column }) {
  const value = row.figures[figure.id];
  const difference = rowDifference(figure, row, baseline);
  const source = figure === accuracy ? row.accuracy : undefined;
  const below = difference?.text ?? (source && `of ${formatExact(source.images)} images`);
  return (
    <td
      data-number
      data-label={figure.label}
      data-unit={value === undefined ? undefined : scale.unit}
      title={source && accuracyText(source)}
    >
      {value === undefined ? <span className={styles["absent"]}>not measured</span> : scale.format(value)}
      {below && (
        <span className={styles["difference"]} data-verdict={difference?.verdict}>
          {below}
        </span>
      )}
      {source && <span className={styles["hidden"]}>{accuracyText(source)}</span>}
    </td>
  );
}

/** @file The heads of the columns: name, unit, and sorting at a press. */
import { ArrowDown, ArrowUp } from "lucide-react";
import styles from "./board.module.css";
import type { Column, Columns } from "./columns.ts";
import { ratio } from "./figures.ts";
import { bestFirst, type Sorting, type SortKey } from "./rows.ts";

export interface HeaderRowProps {
  readonly columns: Columns;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

export function HeaderRow({ columns, sorting, onSort }: HeaderRowProps) {
  const { counted, measured, accuracy } = columns;
  const head = ({ figure: { id, label, method }, scale }: Column) => (
    <Head key={id} by={id} label={label} method={method} unit={scale.unit} {...{ sorting, onSort }} />
  );
  return (
    <tr>
      <Head by="name" label="Network" isText {...{ sorting, onSort }} />
      <th scope="col">Baseline</th>
      {[...counted, ...measured].map(head)}
      <Head by="ratio" {...ratio} unit="95 %" {...{ sorting, onSort }} />
      {head(accuracy)}
    </tr>
  );
}

interface HeadProps extends Pick<HeaderRowProps, "sorting" | "onSort"> {
  readonly by: SortKey;
  readonly label: string;
  /** How it was obtained. */
  readonly method?: string;
  readonly unit?: string;
  readonly isText?: boolean;
}

/** Pressing sorts, the best first; once more turns that round, a third time gives the board's own order. */
function Head({ by, label, method, unit, isText = false, sorting, onSort }: HeadProps) {
  const isSorted = sorting?.by === by;
  const isDescending = isSorted && sorting.isDescending;
  const next = () => {
    const first = bestFirst(by);
    if (!isSorted) onSort(first);
    else onSort(isDescending === first.isDescending ? { by, isDescending: !isDescending } : undefined);
  };
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-number={!isText || undefined}
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : undefined}
    >
      <button type="button" className={styles["sort"]} title={method} onClick={next}>
        {isSorted && <Arrow aria-hidden />}
        {label}
        {unit && <span className={styles["unit"]}>{unit}</span>}
      </button>
    </th>
  );
}

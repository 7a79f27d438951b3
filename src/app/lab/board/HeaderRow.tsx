/** @file The heads of the columns: name, unit, and sorting at a press. */
import { ArrowDown, ArrowUp } from "lucide-react";
import styles from "./board.module.css";
import type { Column, Columns } from "./columns.ts";
import type { Sorting } from "./rows.ts";

export interface HeaderRowProps {
  readonly columns: Columns;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting | undefined) => void;
}

export function HeaderRow({ columns, sorting, onSort }: HeaderRowProps) {
  const { counted, measured, accuracy } = columns;
  const head = ({ figure: { id, label, isLessBetter }, scale }: Column) => (
    <Head
      key={id}
      by={id}
      label={label}
      unit={scale.unit}
      isDescendingFirst={!isLessBetter}
      {...{ sorting, onSort }}
    />
  );
  return (
    <tr>
      <Head by="name" label="Network" isText {...{ sorting, onSort }} />
      <th scope="col">Baseline</th>
      {[...counted, ...measured].map(head)}
      <Head by="ratio" label="Time ratio" unit="95 %" {...{ sorting, onSort }} />
      {head(accuracy)}
    </tr>
  );
}

interface HeadProps extends Pick<HeaderRowProps, "sorting" | "onSort"> {
  readonly by: Sorting["by"];
  readonly label: string;
  readonly unit?: string;
  readonly isText?: boolean;
  /** The best come first: pressing once more turns it round, a third time gives the board's own order. */
  readonly isDescendingFirst?: boolean;
}

function Head({ by, label, unit, isText = false, isDescendingFirst = false, sorting, onSort }: HeadProps) {
  const isSorted = sorting?.by === by;
  const isDescending = isSorted && sorting.isDescending;
  const next = () => {
    if (!isSorted) onSort({ by, isDescending: isDescendingFirst });
    else onSort(isDescending === isDescendingFirst ? { by, isDescending: !isDescendingFirst } : undefined);
  };
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-number={!isText || undefined}
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : undefined}
    >
      <button type="button" className={styles["sort"]} onClick={next}>
        {isSorted && <Arrow aria-hidden />}
        {label}
        {unit && <span className={styles["unit"]}>{unit}</span>}
      </button>
    </th>
  );
}

/**
 * @file The board as one table: a network a row, a figure a column, each with its difference from the baseline. Runs of
 * other devices stand below under headings of their own; nothing is compared across a heading.
 */
import { useMemo, useState } from "react";
import styles from "./board.module.css";
import { columnsOf } from "./columns.ts";
import { HeaderRow } from "./HeaderRow.tsx";
import { ImportedRows } from "./ImportedRows.tsx";
import { OwnRows } from "./OwnRows.tsx";
import type { Sorting } from "./rows.ts";
import { SortBy } from "./SortBy.tsx";
import { useEdges } from "./useEdges.ts";
import type { Section } from "./useSections.ts";

export interface BoardTableProps {
  readonly own: Section;
  readonly imported: readonly Section[];
}

export function BoardTable({ own, imported }: BoardTableProps) {
  const [sorting, setSorting] = useState<Sorting>();
  const columns = useMemo(() => columnsOf([own, ...imported].flatMap(({ rows }) => rows)), [own, imported]);
  const { ref, edges } = useEdges();
  return (
    <div className={styles["framed"]} {...edges}>
      <SortBy sorting={sorting} onSort={setSorting} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section ref={ref} className={styles["scroll"]} aria-label="Networks and their figures" tabIndex={0}>
        <table className={styles["table"]} aria-label="Networks">
          <thead>
            <HeaderRow columns={columns} sorting={sorting} onSort={setSorting} />
          </thead>
          <OwnRows section={own} columns={columns} sorting={sorting} />
          {imported.map((section) => (
            <ImportedRows key={section.id} section={section} columns={columns} sorting={sorting} />
          ))}
        </table>
      </section>
    </div>
  );
}

/** @file The numbers behind a drawing, each row of which opens what its point opens. */
import styles from "./chart.module.css";
import type { ChartTable } from "./types.ts";

export interface DataTableProps {
  readonly title: string;
  readonly table: ChartTable;
  readonly onOpen: ((id: string) => void) | undefined;
  readonly openLabel: string;
}

export function DataTable({ title, table: { columns, rows }, onOpen, openLabel }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className={styles["scroll"]} aria-label={`${title}, the table`} tabIndex={0}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            {columns.map(({ label, isText }) => (
              <th key={label} scope="col" data-text={isText || undefined}>
                {label}
              </th>
            ))}
            {onOpen && <td />}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells, isClosed }) => (
            <tr key={id}>
              {cells.map((cell, place) => {
                const column = columns[place];
                const key = column?.label ?? String(place);
                const isText = column?.isText || undefined;
                return place === 0 ? (
                  <th key={key} scope="row" data-text={isText}>
                    {cell}
                  </th>
                ) : (
                  <td key={key} data-text={isText}>
                    {cell}
                  </td>
                );
              })}
              {onOpen && (
                <td>
                  {!isClosed && (
                    <button
                      type="button"
                      className={styles["open"]}
                      aria-label={`${openLabel}: ${cells[0] ?? id}`}
                      onClick={() => onOpen(id)}
                    >
                      {openLabel}
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

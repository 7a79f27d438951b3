/** @file Sorting where the table is a list of cards, which has no heads of columns to press. */
import { ArrowDown, ArrowUp } from "lucide-react";
import { IconButton } from "../../../editor/controls/IconButton.tsx";
import { Select } from "../../../editor/controls/Select.tsx";
import styles from "./board.module.css";
import { accuracy, counted, measured, ratio } from "./figures.ts";
import type { HeaderRowProps } from "./HeaderRow.tsx";
import { bestFirst, type SortKey } from "./rows.ts";

const options: readonly { readonly value: SortKey | "own"; readonly label: string }[] = [
  { value: "own", label: "Own order" },
  { value: "name", label: "Network" },
  ...[...counted, ...measured].map(({ id, label }) => ({ value: id, label })),
  { value: "ratio", label: ratio.label },
  { value: accuracy.id, label: accuracy.label },
];

export function SortBy({ sorting, onSort }: Omit<HeaderRowProps, "columns">) {
  return (
    <div className={styles["sortBy"]}>
      <span aria-hidden>Sort by</span>
      <Select
        label="Sort by"
        value={sorting?.by ?? "own"}
        options={options}
        onChange={(by) => onSort(by === "own" ? undefined : bestFirst(by))}
      />
      {sorting && (
        <IconButton
          label={sorting.isDescending ? "Largest first" : "Smallest first"}
          icon={sorting.isDescending ? <ArrowDown /> : <ArrowUp />}
          onClick={() => onSort({ ...sorting, isDescending: !sorting.isDescending })}
        />
      )}
    </div>
  );
}

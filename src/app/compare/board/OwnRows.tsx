/** @file The board's own networks, with the times of a run of this device. Their order is the person's. */
import { useRef } from "react";
import type { KernelChoice } from "../../../model/runtime/runnable.ts";
import { useBoard, useBoardStore } from "../../board/react.ts";
import styles from "./board.module.css";
import type { Columns } from "./columns.ts";
import { FigureCells } from "./FigureCells.tsx";
import { OwnHeading } from "./RunHeading.tsx";
import { type Sorting, sorted } from "./rows.ts";
import { useReorder } from "./useReorder.ts";
import type { Section } from "./useSections.ts";
import { VariantHeader } from "./VariantHeader.tsx";

export interface RowsProps {
  readonly section: Section;
  readonly columns: Columns;
  readonly sorting: Sorting | undefined;
}

export function OwnRows({ section, columns, sorting }: RowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const variants = useBoard((state) => state.variants);
  const { move, setBaseline } = useBoardStore();
  const { drag, handle } = useReorder(
    body,
    variants.map(({ id }) => id),
    move,
  );
  const rows = sorted(section.rows, sorting);
  return (
    <>
      <tbody>
        <OwnHeading />
      </tbody>
      <tbody ref={body}>
        {rows.map((row, place) => {
          const variant = variants.find(({ id }) => id === row.id);
          const isBaseline = row === section.baseline;
          if (!variant) return null;
          return (
            <tr
              key={row.id}
              data-baseline={isBaseline || undefined}
              data-dragged={drag?.id === row.id || undefined}
              data-gap={drag && gapBeside(drag.gap, place, rows.length)}
            >
              <th scope="row">
                <VariantHeader
                  variant={variant}
                  place={place}
                  handle={sorting ? undefined : handle(row.id)}
                  note={row.result && notes[row.result.variant.kernels]}
                />
              </th>
              <td className={styles["choice"]} data-label="Baseline">
                <input
                  type="radio"
                  name="baseline"
                  aria-label={`${row.name} is the baseline`}
                  checked={isBaseline}
                  onChange={() => setBaseline(row.id)}
                />
              </td>
              <FigureCells row={row} baseline={section.baseline} columns={columns} />
            </tr>
          );
        })}
      </tbody>
    </>
  );
}

/** Said where a network did not run with the kernels that are the rule. */
const notes: Readonly<Record<KernelChoice, string | undefined>> = {
  fused: undefined,
  "fused-f16": "16-bit storage",
  "fused-subgroups": "with subgroups",
  folded: "folded kernels",
  stock: "stock operations",
};

/** Where the line of a drop is drawn. */
function gapBeside(gap: number, place: number, count: number): "above" | "below" | undefined {
  if (gap === place) return "above";
  return gap === count && place === count - 1 ? "below" : undefined;
}

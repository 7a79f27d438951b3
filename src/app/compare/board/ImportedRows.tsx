/** @file The networks of a run of another device, with its times. */
import { Plus } from "lucide-react";
import { IconButton } from "../../../editor/controls/IconButton.tsx";
import { useBoard, useBoardStore } from "../../board/react.ts";
import { Glyph } from "../../network/Glyph.tsx";
import { glyphStagesOf } from "../../network/glyphStages.ts";
import { isSame } from "../../network/sameNetwork.ts";
import styles from "./board.module.css";
import { FigureCells } from "./FigureCells.tsx";
import type { RowsProps } from "./OwnRows.tsx";
import { ImportedHeading } from "./RunHeading.tsx";
import { type Row, sorted } from "./rows.ts";

export function ImportedRows({ section, columns, sorting }: RowsProps) {
  const { record, rows, baseline } = section;
  if (!record) return null;
  return (
    <tbody>
      <ImportedHeading record={record} />
      {sorted(rows, sorting).map((row) => (
        <tr key={row.id} data-baseline={row === baseline || undefined}>
          <th scope="row">
            <RecordedHeader row={row} />
          </th>
          <td className={styles["choice"]}>{row === baseline && "baseline"}</td>
          <FigureCells row={row} baseline={baseline} columns={columns} />
        </tr>
      ))}
    </tbody>
  );
}

function RecordedHeader({ row: { name, network, result } }: { readonly row: Row }) {
  const board = useBoardStore();
  const isOnBoard = useBoard(({ variants }) => variants.some((variant) => isSame(variant.network, network)));
  return (
    <div className={styles["variant"]} data-recorded>
      <Glyph stages={glyphStagesOf(network)} />
      <span className={styles["words"]}>
        <span className={styles["recordedName"]}>{name}</span>
        <span className={styles["note"]}>{result?.variant.kernels}</span>
      </span>
      {!isOnBoard && (
        <IconButton
          label={`Put ${name} on the board`}
          icon={<Plus />}
          onClick={() => void board.add([{ network, name }])}
        />
      )}
    </div>
  );
}

/** @file What a section of the board is about: which device, under what conditions, when. */
import { X } from "lucide-react";
import { IconButton } from "../../../editor/controls/IconButton.tsx";
import { Select } from "../../../editor/controls/Select.tsx";
import { type BenchmarkRecord, sameDevice } from "../../../model/benchmark/record.ts";
import { dateText, deviceText, discardedCount, discardedText, settingsText } from "../../runs/conditions.ts";
import { useRunStore, useRuns } from "../../runs/react.ts";
import { ownRecords, shownRecord } from "../../runs/runStore.ts";
import { browserName } from "../../words/browserName.ts";
import styles from "./board.module.css";

/** Of the whole table: the rest of the row is taken by one cell. */
const wholeWidth = 12;

export function OwnHeading() {
  const runs = useRunStore();
  const shown = useRuns(shownRecord);
  const records = useRuns((state) => state.records);
  const importedIds = useRuns((state) => state.importedIds);
  const own = ownRecords({ records, importedIds });
  return (
    <tr className={styles["heading"]}>
      <th scope="rowgroup" colSpan={wholeWidth}>
        <span className={styles["headingWords"]}>
          <strong>This device</strong>
          {shown ? (
            <>
              <span>{deviceText(shown)}</span>
              <span>{settingsText(shown)}</span>
              <Discarded record={shown} />
              {own.length > 1 ? (
                <Select
                  label="Run"
                  value={shown.id}
                  options={own.map((record) => ({
                    value: record.id,
                    label: dateText(record),
                    hint: `${deviceText(record)}, ${settingsText(record)}`,
                  }))}
                  onChange={(id) => runs.show(id)}
                />
              ) : (
                <span>{dateText(shown)}</span>
              )}
            </>
          ) : (
            <span>Nothing measured yet: Measure runs these networks in turn.</span>
          )}
        </span>
      </th>
    </tr>
  );
}

export function ImportedHeading({ record }: { readonly record: BenchmarkRecord }) {
  const runs = useRunStore();
  const shown = useRuns(shownRecord);
  return (
    <tr className={styles["heading"]}>
      <th scope="rowgroup" colSpan={wholeWidth}>
        <span className={styles["headingWords"]}>
          <strong>
            {shown && sameDevice(record, shown) ? "From a file, a device like this" : "Another device"}
          </strong>
          <span>{deviceText(record)}</span>
          <span>{browserName(record.device.browser)}</span>
          <span>{settingsText(record)}</span>
          <Discarded record={record} />
          <span>{dateText(record)}</span>
          <IconButton
            label="Take this run off the board"
            icon={<X />}
            onClick={() => runs.remove(record.id)}
          />
        </span>
      </th>
    </tr>
  );
}

/** The full run says why. */
function Discarded({ record }: { readonly record: BenchmarkRecord }) {
  const count = discardedCount(record);
  return count && <span title={discardedText(record)}>{count}</span>;
}

/** @file Two networks beside each other: the fields that differ, and both as drawings or as a table with what differs marked. */
import { Fragment, useMemo, useState } from "react";
import { NetworkPair } from "../../../editor/compare/NetworkPair.tsx";
import { SegmentedControl } from "../../../editor/controls/SegmentedControl.tsx";
import { type DifferingField, differingFields } from "../../../model/analysis/compare.ts";
import { isFixed, nameOf } from "../../../model/graph/network.ts";
import type { Variant } from "../../board/board.ts";
import { useLayout } from "../../controls/useLayout.ts";
import styles from "./diff.module.css";
import { foldStages } from "./fields.ts";
import { GraphTable } from "./GraphTable.tsx";
import { Heads } from "./Heads.tsx";

export interface SideBySideProps {
  readonly a: Variant;
  readonly b: Variant;
}

const forms = [
  { value: "drawings", label: "Drawings" },
  { value: "table", label: "Table" },
] as const;

export function SideBySide({ a, b }: SideBySideProps) {
  const fields = useMemo(() => foldStages(differingFields(a.network, b.network)), [a.network, b.network]);
  const [form, setForm] = useState<"drawings" | "table">("drawings");
  // On a phone a drawing of half its width says nothing, and two under each other are not side by side.
  const isNarrow = useLayout() === "narrow";
  const drawings = useMemo(() => drawingsOf(a, b), [a, b]);
  const canDraw = drawings !== undefined && !isNarrow;
  return (
    <section className={styles["diff"]} aria-label="Side by side">
      <div className={styles["head"]}>
        <h3 className={styles["title"]}>Side by side</h3>
        {canDraw && <SegmentedControl label="Shown as" value={form} options={forms} onChange={setForm} />}
      </div>
      {fields.length === 0 ? (
        <p className={styles["words"]}>The two are the same network.</p>
      ) : (
        <Fields fields={fields} a={a} b={b} />
      )}
      {!drawings && (
        <p className={styles["words"]}>
          {[a, b].filter(({ network }) => isFixed(network)).map(({ network }) => nameOf(network))[0]} is no
          network of four stages as the editor draws them, so both stand in a table.
        </p>
      )}
      {canDraw && form === "drawings" ? <NetworkPair {...drawings} /> : <GraphTable a={a} b={b} />}
    </section>
  );
}

/** Both, where both can be drawn. */
function drawingsOf(a: Variant, b: Variant) {
  if (isFixed(a.network) || isFixed(b.network)) return undefined;
  return { a: { name: a.name, network: a.network }, b: { name: b.name, network: b.network } };
}

function Fields({ fields, a, b }: SideBySideProps & { readonly fields: readonly DifferingField[] }) {
  return (
    <table className={styles["fields"]} aria-label="Fields that differ">
      <Heads first="Field" a={a.name} b={b.name} />
      <tbody>
        {fields.map((field) => (
          <tr key={field.path}>
            <th scope="row">{field.path === "" ? "network" : <Path path={field.path} />}</th>
            <td>{textOf(field.a)}</td>
            <td>{textOf(field.b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** May break behind its dots. */
function Path({ path }: { readonly path: string }) {
  const [first, ...others] = path.split(".");
  return (
    <>
      {first}
      {others.map((part) => (
        <Fragment key={part}>
          .<wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}

function textOf(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

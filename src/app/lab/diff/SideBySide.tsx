/** @file Two networks beside each other: the fields that differ, and both graphs with what differs marked. */
import { useMemo } from "react";
import { formatKernel, formatShape } from "../../../editor/format.ts";
import { groupName } from "../../../editor/words.ts";
import { type DifferingField, differingFields } from "../../../model/analysis/compare.ts";
import { graphOf } from "../../../model/graph/network.ts";
import type { Variant } from "../board.ts";
import { alignModules, type Module } from "./align.ts";
import styles from "./diff.module.css";
import { foldStages } from "./fields.ts";

export interface SideBySideProps {
  readonly a: Variant;
  readonly b: Variant;
}

export function SideBySide({ a, b }: SideBySideProps) {
  const fields = useMemo(() => foldStages(differingFields(a.network, b.network)), [a.network, b.network]);
  const rows = useMemo(() => alignModules(graphOf(a.network), graphOf(b.network)), [a.network, b.network]);
  return (
    <section className={styles["diff"]} aria-label="Side by side">
      <h3 className={styles["title"]}>Side by side</h3>
      {fields.length === 0 ? (
        <p className={styles["same"]}>The two are the same network.</p>
      ) : (
        <Fields fields={fields} a={a} b={b} />
      )}
      <table className={styles["graphs"]} aria-label="Both graphs">
        <Heads first="Module" a={a} b={b} />
        <tbody>
          {rows.map(({ key, level, a: left, b: right }) => {
            const group = left?.group ?? right?.group;
            return (
              <tr key={key} data-level={level}>
                <th scope="row">{group && groupName(group)}</th>
                <Cell module={left} />
                <Cell module={right} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Heads({ first, a, b }: SideBySideProps & { readonly first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{a.name}</th>
        <th scope="col">{b.name}</th>
      </tr>
    </thead>
  );
}

function Fields({ fields, a, b }: SideBySideProps & { readonly fields: readonly DifferingField[] }) {
  return (
    <table className={styles["fields"]} aria-label="Fields that differ">
      <Heads first="Field" a={a} b={b} />
      <tbody>
        {fields.map((field) => (
          <tr key={field.path}>
            <th scope="row">{field.path === "" ? "network" : field.path}</th>
            <td>{textOf(field.a)}</td>
            <td>{textOf(field.b)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ module }: { readonly module: Module | undefined }) {
  if (!module) return <td className={styles["gap"]}>none</td>;
  const { output, kernels, differs } = module;
  return (
    <td>
      <span className={styles["module"]} data-differs={differs || undefined}>
        <span>{formatShape(output)}</span>
        {kernels.length > 0 && (
          <span className={styles["kernels"]}>{kernels.map(formatKernel).join(", ")}</span>
        )}
        {differs && <span className={styles["mark"]}>differs</span>}
      </span>
    </td>
  );
}

function textOf(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @file Two graphs as a table: modules beside each other, each opening to its layers, with what differs marked. */
import { ChevronRight } from "lucide-react";
import { Fragment, useMemo, useState } from "react";
import { formatCount, formatKernel, formatShape } from "../../../editor/format.ts";
import { differenceWords } from "../../../editor/nodes/comparison.ts";
import { groupName, layerName, opWords } from "../../../editor/words.ts";
import type { Difference } from "../../../model/analysis/compare.ts";
import { type AnyNetwork, graphOf } from "../../../model/graph/network.ts";
import { type AlignedModule, alignModules, type Layer, type Module } from "./align.ts";
import styles from "./diff.module.css";
import { Heads } from "./Heads.tsx";

interface Side {
  readonly name: string;
  readonly network: AnyNetwork;
}

export interface GraphTableProps {
  readonly a: Side;
  readonly b: Side;
}

export function GraphTable({ a, b }: GraphTableProps) {
  const rows = useMemo(() => alignModules(graphOf(a.network), graphOf(b.network)), [a.network, b.network]);
  return (
    <table className={styles["graphs"]} aria-label="Both graphs">
      <Heads first="Module" a={a.name} b={b.name} />
      <tbody>
        {rows.map((row) => (
          <ModuleRows key={row.key} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ModuleRows({ row: { level, a, b, layers, key } }: { readonly row: AlignedModule }) {
  const [isOpen, setOpen] = useState(false);
  const group = a?.group ?? b?.group;
  const name = group ? groupName(group) : key;
  const stage = level === 1 && group?.stage !== undefined ? ` of stage ${group.stage + 1}` : "";
  return (
    <Fragment>
      <tr data-level={level}>
        <th scope="row">
          {layers.length === 0 ? (
            name
          ) : (
            <button
              type="button"
              className={styles["opener"]}
              aria-expanded={isOpen}
              aria-label={`Layers of ${name}${stage}`}
              onClick={() => setOpen(!isOpen)}
            >
              <ChevronRight aria-hidden="true" />
              {name}
            </button>
          )}
        </th>
        <ModuleCell module={a} />
        <ModuleCell module={b} />
      </tr>
      {isOpen &&
        layers.map((layer) => {
          const node = layer.a?.node ?? layer.b?.node;
          return (
            <tr key={layer.key} data-level={2 + level}>
              <th scope="row" title={layer.key}>
                {node && layerName(node)}
              </th>
              <LayerCell layer={layer.a} />
              <LayerCell layer={layer.b} />
            </tr>
          );
        })}
    </Fragment>
  );
}

function ModuleCell({ module }: { readonly module: Module | undefined }) {
  if (!module) return <Missing />;
  const { output, kernels, params, difference } = module;
  return (
    <td>
      <span className={styles["module"]} data-differs={difference}>
        <span>{formatShape(output)}</span>
        {kernels.length > 0 && (
          <span className={styles["quiet"]}>{kernels.map(formatKernel).join(", ")}</span>
        )}
        {params > 0 && <span className={styles["quiet"]}>{formatCount(params)} params</span>}
        <Mark difference={difference} />
      </span>
    </td>
  );
}

function LayerCell({ layer }: { readonly layer: Layer | undefined }) {
  if (!layer) return <Missing />;
  const { node, params, difference } = layer;
  return (
    <td>
      <span className={styles["layer"]} data-differs={difference}>
        <span>{opWords(node.op)}</span>
        <span className={styles["quiet"]}>{formatShape(node.output)}</span>
        {params > 0 && <span className={styles["quiet"]}>{formatCount(params)} params</span>}
        <Mark difference={difference} />
      </span>
    </td>
  );
}

function Missing() {
  return <td className={styles["missing"]}>none</td>;
}

function Mark({ difference }: { readonly difference: Difference | undefined }) {
  return difference && <span className={styles["mark"]}>{differenceWords[difference]}</span>;
}

/** @file What a module holds, each with its share of the network; a way down into it. */
import type { Architecture } from "../../model/architecture/schema.ts";
import { graphOf } from "../../model/graph/network.ts";
import { formatMs, formatShare } from "../format.ts";
import { childrenOf } from "../graph/modules.ts";
import type { Times } from "../graph/time.ts";
import { networkCostOf, timedName } from "../store/derived.ts";
import { useEditorStore, useShown } from "../store/react.tsx";
import { reveal } from "../store/reveal.ts";
import { groupName, layerName } from "../words.ts";
import { Section } from "./Section.tsx";
import styles from "./table.module.css";
import type { Target } from "./target.ts";

export interface ContentsProps {
  readonly target: Target;
  readonly times: Times | undefined;
}

export function Contents({ target, times }: ContentsProps) {
  const architecture = useShown();
  const store = useEditorStore();
  const children = contentsOf(target, graphOf(architecture));
  const { total, byId } = networkCostOf(architecture);
  if (children.length === 0) return null;
  return (
    <Section title="Contents">
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Module</th>
            <th scope="col">Params</th>
            <th scope="col">MACs</th>
            {times && <th scope="col">Time</th>}
          </tr>
        </thead>
        <tbody>
          {children.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">
                <button type="button" title={id} onClick={() => reveal(store, id)}>
                  {name}
                </button>
              </th>
              <td>{formatShare((byId.get(id)?.params ?? 0) / total.params)}</td>
              <td>{formatShare((byId.get(id)?.macs ?? 0) / total.macs)}</td>
              {times && <td>{timeText(times, id, architecture)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Whose time is in another's says in whose. */
function timeText(times: Times, id: string, architecture: Architecture): string {
  const ms = times.msById.get(id);
  if (ms !== undefined) return formatMs(ms);
  const within = times.withinById.get(id);
  return within ? `in ${timedName(architecture, within.id)}` : "–";
}

interface Entry {
  readonly id: string;
  readonly name: string;
}

function contentsOf({ kind, group, node }: Target, graph: ReturnType<typeof graphOf>): readonly Entry[] {
  if (kind === "network") {
    return graph.groups
      .filter((top) => top.parent === undefined)
      .map((top) => ({ id: top.id, name: groupName(top) }));
  }
  // A module that is one layer holds nothing but itself.
  if (!group || node) return [];
  return childrenOf(graph, group.id).map((child) =>
    child.kind === "group"
      ? { id: child.group.id, name: groupName(child.group) }
      : { id: child.node.id, name: layerName(child.node) },
  );
}

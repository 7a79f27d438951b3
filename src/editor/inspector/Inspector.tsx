/** @file Everything about what is selected: where it stands, its knobs, what it costs, what it holds. Any width will do. */
import { ChevronRight } from "lucide-react";
import { useMemo } from "react";
import type { TimedNodes } from "../../model/analysis/roofline.ts";
import { graphOf } from "../../model/graph/network.ts";
import { timesOf } from "../graph/time.ts";
import { useEditor, useEditorStore, useShown } from "../store/react.tsx";
import { reveal } from "../store/reveal.ts";
import { Contents } from "./Contents.tsx";
import { Facts } from "./Facts.tsx";
import styles from "./inspector.module.css";
import { Knobs } from "./Knobs.tsx";
import { LayerFacts } from "./LayerFacts.tsx";
import { Tensors } from "./Tensors.tsx";
import { type Target, targetOf } from "./target.ts";

export interface InspectorProps {
  /** Its operations as they were timed, as for the Editor. */
  readonly profile?: TimedNodes | undefined;
}

/** Of the store of the EditorProvider above it. As wide as its parent; leaves scrolling to the parent. */
export function Inspector({ profile }: InspectorProps) {
  const architecture = useShown();
  const selection = useEditor((state) => state.selection);
  const target = targetOf(architecture, selection);
  const times = useMemo(() => profile && timesOf(graphOf(architecture), profile), [architecture, profile]);
  return (
    <section aria-label="Inspector" className={styles["inspector"]}>
      <header className={styles["header"]}>
        <Trail target={target} />
        <h2 className={styles["name"]}>{target.name}</h2>
        {target.id && <code className={styles["id"]}>{target.id}</code>}
      </header>
      {target.node && target.kind === "layer" && <LayerFacts node={target.node} />}
      <Knobs target={target} />
      <Facts target={target} times={times} />
      {target.node && <Tensors node={target.node} />}
      <Contents target={target} times={times} />
    </section>
  );
}

function Trail({ target }: { readonly target: Target }) {
  const store = useEditorStore();
  if (target.trail.length === 0) return null;
  return (
    <nav aria-label="Where this is" className={styles["trail"]}>
      {target.trail.map(({ id, name }) => (
        <span key={name}>
          <button type="button" onClick={() => reveal(store, id)}>
            {name}
          </button>
          <ChevronRight aria-hidden="true" />
        </span>
      ))}
    </nav>
  );
}

/** @file The blocks of a stage as a strip of film: one frame a block, one of them open at a time. */
import type { NodeProps } from "@xyflow/react";
import { type KeyboardEvent, memo, useContext } from "react";
import { formatMs } from "../format.ts";
import { heatBounds, heatOf } from "../graph/heat.ts";
import type { BlocksNode } from "../graph/sceneTypes.ts";
import { useEditor } from "../store/react.tsx";
import styles from "./blocksStrip.module.css";
import { useComparison, withDifference } from "./comparison.ts";
import { FlowPorts } from "./Ports.tsx";
import { ShapeOf } from "./ShapeOf.tsx";
import { heatStyle, SlotsContext } from "./slots.ts";

export const BlocksStrip = memo(function BlocksStrip({ data }: NodeProps<BlocksNode>) {
  const { stage, ids, columns, density } = data;
  const open = useEditor((state) => state.views[stage]?.block);
  const selection = useEditor((state) => state.selection);
  const setView = useEditor((state) => state.setView);
  const select = useEditor((state) => state.select);
  const comparison = useComparison();
  const { times } = useContext(SlotsContext);
  const bounds = times && heatBounds(times.totalMs);
  const count = ids.length;
  return (
    <div className={styles["strip"]}>
      <div className={styles["caption"]}>
        <span>
          {count === 1 ? "1 block" : `${count} equal blocks`}
          <span className={styles["hint"]}>{open === undefined ? "open one to see inside" : ""}</span>
        </span>
        <ShapeOf id={ids[0] ?? ""} />
      </div>
      <div
        role="toolbar"
        aria-label={`Blocks of stage ${stage + 1}`}
        className={styles["frames"]}
        style={{ "--columns": columns }}
      >
        {ids.map((id, block) => {
          const ms = times?.msById.get(id);
          const heat = bounds && ms !== undefined ? heatOf(ms, bounds) : undefined;
          const isWide = columns <= 5 && count <= 5;
          return (
            <button
              key={id}
              type="button"
              className={`${styles["frame"]} nodrag nopan`}
              aria-label={withDifference(`Block ${block + 1} of stage ${stage + 1}`, comparison, id)}
              title={ms === undefined ? undefined : `Time: ${formatMs(ms)}`}
              data-difference={comparison?.differences.get(id)}
              data-heat={heat}
              style={heatStyle(heat)}
              aria-expanded={open === block}
              data-selected={selection === id || undefined}
              tabIndex={block === (open ?? 0) ? 0 : -1}
              onClick={(event) => {
                event.stopPropagation();
                setView(stage, { block: open === block ? undefined : block });
                select(id);
              }}
              onKeyDown={(event) => walkFrames(event, columns)}
            >
              {isWide ? `Block ${block + 1}` : block + 1}
              {isWide && ms !== undefined && <span>{formatMs(ms)}</span>}
            </button>
          );
        })}
      </div>
      <FlowPorts density={density} />
    </div>
  );
});

/** Arrow keys move along the film and between its rows. */
function walkFrames(event: KeyboardEvent<HTMLButtonElement>, columns: number): void {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const frames = [...(event.currentTarget.parentElement?.querySelectorAll("button") ?? [])];
  frames[frames.indexOf(event.currentTarget) + by]?.focus();
}

/** @file The lines: data from node to node, the shortcut around a block, the channels of a branch. */
import { type EdgeProps, getSmoothStepPath, type Position } from "@xyflow/react";
import { memo } from "react";
import type { FlowEdge, ResidualEdge, RibbonEdge } from "../graph/sceneTypes.ts";
import styles from "./edges.module.css";
import { branchColor } from "./KernelGlyph.tsx";

/** Room that the arrow's head takes. */
const head = 5;

export const FlowLine = memo(function FlowLine(props: EdgeProps<FlowEdge>) {
  const { sourceX, sourceY, targetX, targetY } = props;
  const straight = Math.abs(sourceX - targetX) < 1 || Math.abs(sourceY - targetY) < 1;
  const [path] = getSmoothStepPath({ ...props, borderRadius: 10 });
  return (
    <g className={styles["flow"]}>
      <path d={straight ? `M${sourceX} ${sourceY}L${targetX} ${targetY}` : path} />
      <Head x={targetX} y={targetY} side={props.targetPosition} />
    </g>
  );
});

/** Up from the block's input, along over its parts, and down into the sum; on a phone along their left. */
export const ResidualLine = memo(function ResidualLine(props: EdgeProps<ResidualEdge>) {
  const { sourceX, sourceY, targetX, targetY, targetPosition, data } = props;
  if (!data) return null;
  const r = 8;
  const row = data.density === "regular";
  const [x, y] = row ? [sourceX + branchOff, sourceY] : [sourceX, sourceY + 3];
  const lane = row ? y - data.lane : x - data.lane;
  const path = row
    ? `M${x} ${y}V${lane + r}Q${x} ${lane} ${x + r} ${lane}H${targetX - r}Q${targetX} ${lane} ${targetX} ${lane + r}V${targetY}`
    : `M${x} ${y}H${lane + r}Q${lane} ${y} ${lane} ${y + r}V${targetY - r}Q${lane} ${targetY} ${lane + r} ${targetY}H${targetX}`;
  return (
    <g className={styles["residual"]}>
      <circle cx={x} cy={y} r={2.5} />
      <path d={path} />
      <Head x={targetX} y={targetY} side={targetPosition} />
    </g>
  );
});

/** From a block's border to where the shortcut leaves the line. */
const branchOff = 9;

export const RibbonLine = memo(function RibbonLine(props: EdgeProps<RibbonEdge>) {
  const { sourceHandleId, data, sourceX, sourceY, targetX, targetY } = props;
  if (!data) return null;
  const { branch, thickness, offset } = data;
  const path =
    sourceHandleId === "in"
      ? ribbon(sourceX + stackEdge, sourceY + offset, targetX, targetY, thickness)
      : ribbon(sourceX, sourceY, targetX - stackEdge, targetY + offset, thickness);
  return (
    <path className={styles["ribbon"]} data-state={branch.state} d={path} fill={branchColor[branch.kind]} />
  );
});

/** From the frame's border to the edge of the stack of channels. */
const stackEdge = 22;

/** A band of the same height everywhere, so that bands that touch at one end never cross. */
function ribbon(x0: number, y0: number, x1: number, y1: number, thickness: number): string {
  const half = Math.max(thickness, 1) / 2;
  const middle = (x0 + x1) / 2;
  return [
    `M${x0} ${y0 - half}C${middle} ${y0 - half} ${middle} ${y1 - half} ${x1} ${y1 - half}`,
    `V${y1 + half}C${middle} ${y1 + half} ${middle} ${y0 + half} ${x0} ${y0 + half}Z`,
  ].join("");
}

const turns = { left: 0, top: 90, right: 180, bottom: 270 } as const;

function Head({ x, y, side }: { readonly x: number; readonly y: number; readonly side: Position }) {
  return (
    <path
      d={`M${-head} ${-head / 1.4}L0 0L${-head} ${head / 1.4}`}
      transform={`translate(${x} ${y}) rotate(${turns[side]})`}
    />
  );
}

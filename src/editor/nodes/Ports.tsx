/** @file Where edges meet a node. Nothing can be connected by hand. */
import { Handle, Position } from "@xyflow/react";
import { type Density, portY } from "../graph/sizes.ts";
import styles from "./ports.module.css";

export type Side = "left" | "right" | "top" | "bottom";

const positions = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
} as const;

export interface PortProps {
  readonly id: "in" | "out" | "shortcut";
  readonly type: "source" | "target";
  readonly side: Side;
  /** Along the side, in pixels from its start; the middle where absent. */
  readonly at?: number | undefined;
  /** Anywhere in the node, from its corner; the side then only says which way the edge goes. */
  readonly start?: readonly [x: number, y: number];
}

export function Port({ id, type, side, at, start }: PortProps) {
  const vertical = side === "left" || side === "right";
  const along = at === undefined ? {} : vertical ? { top: at } : { left: at };
  const style = start ? { inset: "auto", left: start[0], top: start[1] } : along;
  return (
    <Handle
      id={id}
      type={type}
      position={positions[side]}
      isConnectable={false}
      aria-hidden="true"
      className={styles["port"] ?? ""}
      style={style}
    />
  );
}

/** In and out along the flow inside a block: left to right, or down where it is compact. */
export function FlowPorts({ density, at }: { readonly density: Density; readonly at?: number }) {
  const [start, end] = density === "regular" ? (["left", "right"] as const) : (["top", "bottom"] as const);
  const place = density === "regular" ? at : undefined;
  return (
    <>
      <Port id="in" type="target" side={start} at={place} />
      <Port id="out" type="source" side={end} at={place} />
    </>
  );
}

/** As {@link FlowPorts}, for a module with a title above its layers. */
export function ModulePorts({ density }: { readonly density: Density }) {
  return <FlowPorts density={density} at={portY} />;
}

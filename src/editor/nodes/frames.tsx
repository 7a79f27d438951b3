/** @file What an open block and an open mixer lie in, and the cards of the branches. */
import type { NodeProps } from "@xyflow/react";
import { X } from "lucide-react";
import { memo } from "react";
import { formatKernel } from "../format.ts";
import { type Branch, stripesOf } from "../graph/branches.ts";
import type { BlockNode, BranchesNode, BranchNode } from "../graph/sceneTypes.ts";
import { zoomGap } from "../graph/sizes.ts";
import { useEditor } from "../store/react.tsx";
import styles from "./frames.module.css";
import { branchColor, KernelGlyph } from "./KernelGlyph.tsx";
import { FlowPorts, Port } from "./Ports.tsx";
import { ShapeOf } from "./ShapeOf.tsx";
import { Shares } from "./Shares.tsx";
import { Shell } from "./Shell.tsx";

export const BlockFrame = memo(function BlockFrame({ data, width = 0 }: NodeProps<BlockNode>) {
  const { id, stage, block, density, from, ports } = data;
  const setView = useEditor((state) => state.setView);
  const row = density === "regular";
  return (
    <Shell id={id} look="inset">
      <Enlargement from={from} width={width} />
      <div className={styles["title"]}>
        <strong>Block {block + 1}</strong>
        <ShapeOf id={id} />
        {row && <Shares id={id} variant="inline" />}
        <CloseButton
          label={`Close block ${block + 1}`}
          onClose={() => setView(stage, { block: undefined })}
        />
      </div>
      <Port id="in" type="source" side={row ? "right" : "bottom"} start={ports.in} />
      <Port id="out" type="target" side={row ? "left" : "top"} start={ports.out} />
    </Shell>
  );
});

export const BranchesFrame = memo(function BranchesFrame({ data, width = 0 }: NodeProps<BranchesNode>) {
  const { stage, branches, bar, from, density } = data;
  const setView = useEditor((state) => state.setView);
  const middle = bar.top + bar.height / 2;
  return (
    <div className={styles["branches"]}>
      <Enlargement from={from} width={width} />
      <div className={styles["title"]}>
        <strong>Branches</strong>
        {density === "regular" && (
          <span className={styles["hint"]}>each as high as its share of the channels</span>
        )}
        <CloseButton label="Close branches" onClose={() => setView(stage, { mixer: false })} />
      </div>
      <Channels branches={branches} top={bar.top} height={bar.height} side="left" />
      <Channels branches={branches} top={bar.top} height={bar.height} side="right" />
      <Port id="in" type="source" side="right" start={[0, middle]} />
      <Port id="out" type="target" side="left" start={[width, middle]} />
    </div>
  );
});

interface ChannelsProps {
  readonly branches: readonly Branch[];
  readonly top: number;
  readonly height: number;
  readonly side: "left" | "right";
}

/** All channels as a bar, cut where the mixer splits them. */
function Channels({ branches, top, height, side }: ChannelsProps) {
  const stripes = stripesOf(branches, height);
  return (
    <svg
      className={styles["channels"]}
      data-side={side}
      width={8}
      height={height}
      style={{ top }}
      aria-hidden="true"
    >
      {branches.map(({ kind, module }, index) => {
        const stripe = stripes[index] ?? { top: 0, size: 0 };
        return <rect key={module} y={stripe.top} width={8} height={stripe.size} fill={branchColor[kind]} />;
      })}
    </svg>
  );
}

export const BranchCard = memo(function BranchCard({ data }: NodeProps<BranchNode>) {
  const { id, branch, thickness, density } = data;
  const { kind, name, kernel, state } = branch;
  const absent = state === "absent";
  const paint = { "--color": branchColor[kind], "--thickness": `${Math.max(thickness, 1)}px` };
  return (
    <Shell id={id} look={absent ? "hollow" : "layer"} className={styles["branch"]}>
      <FlowPorts density="regular" />
      {!absent && <span className={styles["mouths"]} data-state={state} style={paint} />}
      <KernelGlyph branch={branch} size={30} />
      <div className={styles["words"]}>
        <strong>
          {name}
          {kernel && state === "on" && <span className={styles["kernel"]}>{formatKernel(kernel)}</span>}
        </strong>
        <span className={styles["hint"]}>{stateWords(branch)}</span>
      </div>
      {!absent && density === "regular" && <Shares id={id} variant="tiny" />}
    </Shell>
  );
});

function stateWords({ state, channels, kind }: Branch): string {
  const count = `${channels} ${channels === 1 ? "channel" : "channels"}`;
  switch (state) {
    case "absent":
      return "absent: 0 channels";
    case "off":
      return `off, ${count} pass through`;
    case "on":
      return kind === "passing" ? `${count} pass through` : count;
    default:
      return state satisfies never;
  }
}

interface EnlargementProps {
  readonly from: readonly [left: number, right: number];
  readonly width: number;
}

/** The beam between what was opened and its enlargement. */
function Enlargement({ from: [left, right], width }: EnlargementProps) {
  return (
    <svg
      className={styles["beam"]}
      width={width}
      height={zoomGap}
      style={{ top: -zoomGap }}
      aria-hidden="true"
    >
      <path d={`M${left} 0H${right}L${width - 8} ${zoomGap}H8Z`} />
    </svg>
  );
}

function CloseButton({ label, onClose }: { readonly label: string; readonly onClose: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      className={`${styles["close"]} nodrag nopan`}
      onClick={(event) => {
        event.stopPropagation();
        onClose();
      }}
    >
      <X />
    </button>
  );
}

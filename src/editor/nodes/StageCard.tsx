/** @file A stage: what it is, what it costs, and its knobs. When it is open its blocks lie below the knobs, in the same card. */
import type { NodeProps } from "@xyflow/react";
import { Link2 } from "lucide-react";
import { memo } from "react";
import type { TokenMixer } from "../../model/architecture/schema.ts";
import { formatRatio } from "../format.ts";
import type { StageNode } from "../graph/sceneTypes.ts";
import type { StageKnobProps } from "../knobs/field.ts";
import {
  BandKernelKnob,
  BranchesKnob,
  BranchesValue,
  BranchRatioKnob,
  ConvRatioKnob,
  KernelKnob,
  SquareKernelKnob,
} from "../knobs/mixerKnobs.tsx";
import { DepthKnob, DimKnob, MixerKnob } from "../knobs/stageKnobs.tsx";
import { useEditor } from "../store/react.tsx";
import { mixerNames } from "../words.ts";
import { Disclosure } from "./Disclosure.tsx";
import { Knob } from "./Knob.tsx";
import { Port } from "./Ports.tsx";
import { ShapeOf } from "./ShapeOf.tsx";
import { Shares } from "./Shares.tsx";
import { Shell } from "./Shell.tsx";
import { StackGlyph } from "./StackGlyph.tsx";
import styles from "./stageCard.module.css";

export const StageCard = memo(function StageCard({ data }: NodeProps<StageNode>) {
  const { id, stage, density, ports } = data;
  const { depth, dim, mlpRatio, tokenMixer } = useEditor((state) => state.architecture.stages[stage]);
  const open = useEditor((state) => state.views[stage]?.open ?? false);
  const linked = useEditor((state) => state.scope === "all");
  const setView = useEditor((state) => state.setView);
  const field = `stages[${stage}]`;
  const knob: StageKnobProps = { stage, place: "node" };
  return (
    <Shell id={id} look="card">
      <Port id="in" type="target" side="top" at={ports.in} />
      <div className={styles["card"]} data-density={density}>
        <StackGlyph depth={depth} dim={dim} mixer={tokenMixer} />
        <div className={styles["main"]}>
          <div className={styles["title"]}>
            <Disclosure
              open={open}
              label={`Blocks of stage ${stage + 1}`}
              onToggle={() => setView(stage, { open: !open })}
            />
            <strong>Stage {stage + 1}</strong>
            {linked && <Link2 className={styles["link"]} aria-label="Knobs turn all stages" />}
            <ShapeOf id={id} />
            <Shares id={id} variant={density === "compact" ? "inlineTiny" : "inline"} />
          </div>
          <div className={styles["knobs"]}>
            <Knob label="Depth" field={`${field}.depth`} value={depth}>
              <DepthKnob {...knob} />
            </Knob>
            <Knob label="Dim" field={`${field}.dim`} value={dim}>
              <DimKnob {...knob} />
            </Knob>
            <Knob label="MLP ratio" field={`${field}.mlpRatio`} value={formatRatio(mlpRatio)} />
            <Knob
              label="Token mixer"
              field={`${field}.tokenMixer.kind`}
              value={mixerNames[tokenMixer.kind]}
              width={104}
            >
              <MixerKnob {...knob} />
            </Knob>
            <MixerKnobs mixer={tokenMixer} field={`${field}.tokenMixer`} {...knob} />
          </div>
        </div>
      </div>
      <Port id="out" type="source" side="bottom" at={ports.out} />
    </Shell>
  );
});

interface MixerKnobsProps extends StageKnobProps {
  readonly mixer: TokenMixer;
  /** Path of the mixer. */
  readonly field: string;
}

function MixerKnobs({ mixer, field, ...knob }: MixerKnobsProps) {
  switch (mixer.kind) {
    case "inception":
      return (
        <>
          <Knob
            label="Branch ratio"
            field={`${field}.branchRatio`}
            value={formatRatio(mixer.branchRatio)}
            grow
          >
            <BranchRatioKnob {...knob} />
          </Knob>
          <Knob label="Band" field={`${field}.bandKernelSize`} value={mixer.bandKernelSize}>
            <BandKernelKnob {...knob} />
          </Knob>
          <Knob label="Square" field={`${field}.squareKernelSize`} value={mixer.squareKernelSize}>
            <SquareKernelKnob {...knob} />
          </Knob>
          <Knob label="Branches" field={`${field}.branches`} value={<BranchesValue mixer={mixer} />}>
            <BranchesKnob {...knob} />
          </Knob>
        </>
      );
    case "depthwise":
      return (
        <>
          <Knob
            label="Convolution ratio"
            field={`${field}.convRatio`}
            value={formatRatio(mixer.convRatio)}
            grow
          >
            <ConvRatioKnob {...knob} />
          </Knob>
          <Knob label="Kernel" field={`${field}.kernelSize`} value={mixer.kernelSize}>
            <KernelKnob {...knob} />
          </Knob>
        </>
      );
    case "identity":
      return null;
    default:
      return mixer satisfies never;
  }
}

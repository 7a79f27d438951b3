/** @file A stage: what it is, what it costs, and its knobs. When it is open its blocks lie below the knobs, in the same card. */
import type { NodeProps } from "@xyflow/react";
import { Link2 } from "lucide-react";
import { memo } from "react";
import { mixerWords } from "../../model/mixers/table.ts";
import { formatRatio } from "../format.ts";
import type { StageNode } from "../graph/sceneTypes.ts";
import type { StageKnobProps } from "../knobs/field.ts";
import { DepthKnob, DimKnob, MixerKnob } from "../knobs/stageKnobs.tsx";
import { knobsOfMixer } from "../mixers/table.ts";
import { useEditor } from "../store/react.tsx";
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
              value={mixerWords(tokenMixer.kind).name}
              width={104}
            >
              <MixerKnob {...knob} />
            </Knob>
            {knobsOfMixer(tokenMixer).map(({ field: name, label, short = label, control, value, isWide }) => (
              <Knob
                key={name}
                label={short}
                field={`${field}.tokenMixer.${name}`}
                value={value(tokenMixer)}
                grow={isWide ?? false}
              >
                {control(knob)}
              </Knob>
            ))}
          </div>
        </div>
      </div>
      <Port id="out" type="source" side="bottom" at={ports.out} />
    </Shell>
  );
});

/** @file The knobs that every stage has. Each one is a control without its words; its accessible name says what it turns. */
import { memo } from "react";
import { limits } from "../../model/architecture/schema.ts";
import { defaultMixer, mixerKinds, mixerWords } from "../../model/mixers/table.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { Select } from "../controls/Select.tsx";
import { formatRatio } from "../format.ts";
import { type StageKnobProps, useStageField } from "./field.ts";

export const DepthKnob = memo(function DepthKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(props, "depth", (stage) => stage.depth);
  return (
    <NumberField
      {...field}
      label={`Depth of ${of}`}
      min={1}
      max={limits.depth}
      step={1}
      digits={2}
      stepper
      floatMessage={props.place === "node"}
    />
  );
});

export const DimKnob = memo(function DimKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(props, "dim", (stage) => stage.dim);
  return (
    <NumberField
      {...field}
      label={`Dim of ${of}`}
      min={1}
      max={limits.dim}
      step={8}
      digits={4}
      floatMessage={props.place === "node"}
    />
  );
});

export const MlpRatioKnob = memo(function MlpRatioKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(props, "mlpRatio", (stage) => stage.mlpRatio);
  return (
    <NumberField
      {...field}
      label={`MLP ratio of ${of}`}
      min={0.25}
      max={limits.mlpRatio}
      step={0.5}
      format={formatRatio}
      floatMessage={props.place === "node"}
    />
  );
});

const kinds = mixerKinds.map((kind) => {
  const { name, hint } = mixerWords(kind);
  return { value: kind, label: name, hint };
});

export const MixerKnob = memo(function MixerKnob(props: StageKnobProps) {
  const { of, value, onChange, onCommit } = useStageField(
    props,
    "tokenMixer",
    (stage) => stage.tokenMixer.kind,
  );
  return (
    <Select
      label={`Token mixer of ${of}`}
      value={value}
      options={kinds}
      onChange={(kind) => {
        if (kind === value) return;
        onChange(defaultMixer(kind));
        onCommit();
      }}
    />
  );
});

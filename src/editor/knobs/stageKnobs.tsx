/** @file The knobs that every stage has. Each one is a control without its words; its accessible name says what it turns. */
import { memo } from "react";
import { defaultMixer } from "../../model/architecture/edits.ts";
import { limits, type TokenMixer } from "../../model/architecture/schema.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { Select } from "../controls/Select.tsx";
import { formatRatio } from "../format.ts";
import { mixerNames } from "../words.ts";
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

const mixerKinds = [
  { value: "inception", label: mixerNames.inception, hint: "Identity, square, 1 × k and k × 1 branches" },
  { value: "depthwise", label: mixerNames.depthwise, hint: "One k × k kernel a channel, as ConvNeXt" },
  { value: "identity", label: mixerNames.identity, hint: "No mixing between pixels" },
] as const satisfies readonly { value: TokenMixer["kind"]; label: string; hint: string }[];

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
      options={mixerKinds}
      onChange={(kind) => {
        if (kind === value) return;
        onChange(defaultMixer(kind));
        onCommit();
      }}
    />
  );
});

/** @file Controls for fields that several kinds of mixers have. Each one's accessible name says what it turns. */
import { memo } from "react";
import type { Stage } from "../../model/architecture/schema.ts";
import { largestKernel } from "../../model/mixers/fields.ts";
import type { MixerField } from "../../model/mixers/table.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { Slider } from "../controls/Slider.tsx";
import { formatRatio } from "../format.ts";
import { type StageKnobProps, useStageField } from "../knobs/field.ts";
import { useEditor } from "../store/react.tsx";

/** A number of a stage's mixer; undefined where its kind has no such field. */
export function mixerNumber({ tokenMixer }: Stage, field: MixerField): number | undefined {
  const value = new Map<string, unknown>(Object.entries(tokenMixer)).get(field);
  return typeof value === "number" ? value : undefined;
}

interface ControlProps extends StageKnobProps {
  readonly field: MixerField;
  /** What it turns, as in "Band kernel of stage 1". */
  readonly word: string;
}

/** The side of a kernel in pixels. It is odd, so its steps are of two. */
export const KernelControl = memo(function KernelControl({ field, word, ...props }: ControlProps) {
  const read = (stage: Stage) => mixerNumber(stage, field);
  const { of, ...control } = useStageField(props, `tokenMixer.${field}`, read);
  return (
    <NumberField
      {...control}
      label={`${word} of ${of}`}
      min={1}
      max={largestKernel}
      step={2}
      digits={2}
      floatMessage={props.place === "node"}
    />
  );
});

interface RatioControlProps extends ControlProps {
  readonly max: number;
  readonly step: number;
  /** What the ratio comes to in a stage of `dim` channels, behind its value. */
  readonly inWords: (ratio: number, dim: number) => string;
}

/** A share of the channels. */
export const RatioControl = memo(function RatioControl(all: RatioControlProps) {
  const { field, word, max, step, inWords, ...props } = all;
  const read = (stage: Stage) => mixerNumber(stage, field);
  const { of, ...control } = useStageField(props, `tokenMixer.${field}`, read);
  const dim = useEditor((state) => state.architecture.stages[props.stage].dim);
  const ratio = control.value ?? 0;
  return (
    <Slider
      {...control}
      label={`${word} of ${of}`}
      min={0}
      max={max}
      step={step}
      format={formatRatio}
      digits={5}
      valueText={`${formatRatio(ratio)}${inWords(ratio, dim)}`}
      floatMessage={props.place === "node"}
    />
  );
});

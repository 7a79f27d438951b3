/** @file The knobs of a token mixer; which of them there are depends on its kind. */

import { Toggle } from "@base-ui/react/toggle";
import { memo } from "react";
import {
  type Branches,
  branchChannels,
  branchesOf,
  type InceptionMixer,
  limits,
  type Stage,
} from "../../model/architecture/schema.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { Slider } from "../controls/Slider.tsx";
import { Tooltip } from "../controls/Tooltip.tsx";
import { formatRatio } from "../format.ts";
import type { BranchKind } from "../graph/branches.ts";
import { KernelGlyph } from "../nodes/KernelGlyph.tsx";
import { useEditor } from "../store/react.tsx";
import { type StageKnobProps, useStageField } from "./field.ts";
import styles from "./mixerKnobs.module.css";

const inceptionOf = ({ tokenMixer }: Stage): InceptionMixer | undefined =>
  tokenMixer.kind === "inception" ? tokenMixer : undefined;

export const BranchRatioKnob = memo(function BranchRatioKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(
    props,
    "tokenMixer.branchRatio",
    (stage) => inceptionOf(stage)?.branchRatio,
  );
  const dim = useEditor((state) => state.architecture.stages[props.stage].dim);
  return (
    <Slider
      {...field}
      label={`Branch ratio of ${of}`}
      min={0}
      max={1 / 3}
      step={0.0125}
      format={formatRatio}
      digits={5}
      valueText={`${formatRatio(field.value ?? 0)}, ${branchChannels(dim, field.value ?? 0)} channels in each branch`}
      floatMessage={props.place === "node"}
    />
  );
});

export const BandKernelKnob = memo(function BandKernelKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(
    props,
    "tokenMixer.bandKernelSize",
    (stage) => inceptionOf(stage)?.bandKernelSize,
  );
  return <KernelField {...field} label={`Band kernel of ${of}`} floatMessage={props.place === "node"} />;
});

export const SquareKernelKnob = memo(function SquareKernelKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(
    props,
    "tokenMixer.squareKernelSize",
    (stage) => inceptionOf(stage)?.squareKernelSize,
  );
  return <KernelField {...field} label={`Square kernel of ${of}`} floatMessage={props.place === "node"} />;
});

export const KernelKnob = memo(function KernelKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(props, "tokenMixer.kernelSize", ({ tokenMixer }) =>
    tokenMixer.kind === "depthwise" ? tokenMixer.kernelSize : undefined,
  );
  return <KernelField {...field} label={`Kernel of ${of}`} floatMessage={props.place === "node"} />;
});

export const ConvRatioKnob = memo(function ConvRatioKnob(props: StageKnobProps) {
  const { of, ...field } = useStageField(props, "tokenMixer.convRatio", ({ tokenMixer }) =>
    tokenMixer.kind === "depthwise" ? tokenMixer.convRatio : undefined,
  );
  return (
    <Slider
      {...field}
      label={`Convolution ratio of ${of}`}
      min={0}
      max={1}
      step={1 / 16}
      format={formatRatio}
      digits={5}
      valueText={`${formatRatio(field.value ?? 0)} of the channels`}
      floatMessage={props.place === "node"}
    />
  );
});

interface KernelFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number) => string | undefined;
  readonly onCommit: () => void;
  readonly check: (value: number) => string | undefined;
  readonly floatMessage: boolean;
}

/** A kernel's side is odd, so its steps are of two. */
function KernelField(props: KernelFieldProps) {
  return <NumberField {...props} min={1} max={limits.kernelSize} step={2} digits={2} />;
}

const convolutions = [
  { key: "square", kind: "square", name: "Square", kernel: [3, 3] },
  { key: "bandW", kind: "bandW", name: "1 × k", kernel: [1, 7] },
  { key: "bandH", kind: "bandH", name: "k × 1", kernel: [7, 1] },
] as const satisfies readonly {
  key: keyof Branches;
  kind: BranchKind;
  name: string;
  kernel: [number, number];
}[];

/** Which of them are on, as pictures. */
export function BranchesValue({ mixer }: { readonly mixer: InceptionMixer }) {
  const on = branchesOf(mixer);
  const words = convolutions.map(({ key, name }) => `${name} ${on[key] ? "on" : "off"}`).join(", ");
  return (
    <span role="img" aria-label={words} title={words} className={styles["value"]}>
      {convolutions.map(({ key, kind, kernel }) => (
        <KernelGlyph key={key} branch={{ kind, kernel, state: on[key] ? "on" : "off" }} size={18} />
      ))}
    </span>
  );
}

/** Three buttons that switch the convolution branches; off passes the channels through. */
export const BranchesKnob = memo(function BranchesKnob(props: StageKnobProps) {
  const read = (stage: Stage) => {
    const mixer = inceptionOf(stage);
    if (!mixer) return undefined;
    const { square, bandW, bandH } = branchesOf(mixer);
    return [square, bandW, bandH].map(Number).join("");
  };
  const { of, value = "111", onChange, onCommit } = useStageField(props, "tokenMixer.branches", read);
  const on = { square: value[0] === "1", bandW: value[1] === "1", bandH: value[2] === "1" };
  const toggle = (key: keyof Branches, pressed: boolean) => {
    const next = { ...on, [key]: pressed };
    onChange(next.square && next.bandW && next.bandH ? undefined : next);
    onCommit();
  };
  return (
    <fieldset className={styles["branches"]} aria-label={`Branches of ${of}`}>
      {convolutions.map(({ key, kind, name, kernel }) => (
        <Tooltip key={key} content={`${name} branch: ${on[key] ? "on" : "off, passes its channels through"}`}>
          <Toggle
            aria-label={`${name} branch of ${of}`}
            className={`${styles["toggle"]} nodrag nopan`}
            pressed={on[key]}
            onPressedChange={(pressed) => toggle(key, pressed)}
          >
            <KernelGlyph branch={{ kind, kernel, state: on[key] ? "on" : "off" }} size={18} />
          </Toggle>
        </Tooltip>
      ))}
    </fieldset>
  );
});

/** @file The knobs that the network has once. */
import type { FieldPath } from "../../model/architecture/edits.ts";
import {
  type Architecture,
  type Family,
  type Head,
  limits,
  type Norm,
  smallestImage,
} from "../../model/architecture/schema.ts";
import { NumberField, type NumberFieldProps } from "../controls/NumberField.tsx";
import { Select } from "../controls/Select.tsx";
import { formatRatio } from "../format.ts";
import { useEditor } from "../store/react.tsx";
import { normNames } from "../words.ts";
import { useField } from "./field.ts";

interface NetworkNumberProps
  extends Pick<
    NumberFieldProps,
    "label" | "min" | "max" | "step" | "unit" | "digits" | "floatMessage" | "format"
  > {
  readonly path: FieldPath;
  readonly read: (architecture: Architecture) => number | undefined;
}

function NetworkNumber({ path, read, ...field }: NetworkNumberProps) {
  const control = useField(path);
  const value = useEditor((state) => read(state.architecture));
  return <NumberField {...field} {...control} value={value} />;
}

export interface NetworkKnobProps {
  /** What is wrong floats below the field, where there is no room. */
  readonly floatMessage?: boolean;
}

export function ImageSizeKnob({ floatMessage = false }: NetworkKnobProps) {
  return (
    <NetworkNumber
      path="imageSize"
      read={(architecture) => architecture.imageSize}
      label="Image size"
      unit="px"
      min={smallestImage}
      max={limits.imageSize}
      step={32}
      floatMessage={floatMessage}
    />
  );
}

export function ClassCountKnob({ floatMessage = false }: NetworkKnobProps) {
  return (
    <NetworkNumber
      path="numClasses"
      read={(architecture) => architecture.numClasses}
      label="Number of classes"
      min={1}
      max={limits.numClasses}
      step={1}
      digits={6}
      floatMessage={floatMessage}
    />
  );
}

export function InChannelsKnob() {
  return (
    <NetworkNumber
      path="inChannels"
      read={(architecture) => architecture.inChannels}
      label="Input channels"
      min={1}
      max={limits.inChannels}
      step={1}
      digits={2}
    />
  );
}

const norms = [
  { value: "batchnorm", label: normNames.batchnorm, hint: "InceptionNeXt's; folds into its neighbours" },
  { value: "layernorm", label: normNames.layernorm, hint: "ConvNeXt's; over the channels of every pixel" },
] as const satisfies readonly { value: Norm; label: string; hint: string }[];

export function NormKnob() {
  const { onChange, onCommit } = useField("norm");
  const value = useEditor((state) => state.architecture.norm);
  return (
    <Select
      label="Norm"
      value={value}
      options={norms}
      onChange={(norm) => {
        onChange(norm);
        onCommit();
      }}
    />
  );
}

const families = [
  { value: "metanext", label: "MetaNeXt", hint: "InceptionNeXt's names, as stages.0.blocks.0.mlp.fc1" },
  { value: "convnext", label: "ConvNeXt", hint: "ConvNeXt's names, as stages.0.0.pwconv1" },
] as const satisfies readonly { value: Family; label: string; hint: string }[];

export function FamilyKnob() {
  const { onChange, onCommit } = useField("family");
  const value = useEditor((state) => state.architecture.family);
  return (
    <Select
      label="Family"
      value={value}
      options={families}
      onChange={(family) => {
        onChange(family);
        onCommit();
      }}
    />
  );
}

const heads = [
  { value: "mlp", label: "MLP", hint: "Pool, fc1, GELU, layer norm, fc2: InceptionNeXt's" },
  { value: "linear", label: "Linear", hint: "Pool, layer norm, linear: ConvNeXt's" },
] as const satisfies readonly { value: Head["kind"]; label: string; hint: string }[];

/** As the papers set them up. */
const defaultHead = {
  mlp: { kind: "mlp", mlpRatio: 3 },
  linear: { kind: "linear" },
} as const satisfies Record<Head["kind"], Head>;

export function HeadKnob() {
  const { onChange, onCommit } = useField("head");
  const value = useEditor((state) => state.architecture.head.kind);
  return (
    <Select
      label="Head"
      value={value}
      options={heads}
      onChange={(kind) => {
        if (kind === value) return;
        onChange(defaultHead[kind]);
        onCommit();
      }}
    />
  );
}

/** Only where the head is an MLP. */
export function HeadRatioKnob() {
  return (
    <NetworkNumber
      path="head.mlpRatio"
      read={({ head }) => (head.kind === "mlp" ? head.mlpRatio : undefined)}
      label="MLP ratio of the head"
      min={0.25}
      max={limits.mlpRatio}
      step={0.5}
      format={formatRatio}
    />
  );
}

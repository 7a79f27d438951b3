/** @file How an Inception mixer is drawn and turned: its four branches, and a switch for each of the three convolutions. */
import { Toggle } from "@base-ui/react/toggle";
import { memo } from "react";
import type { Stage } from "../../model/architecture/schema.ts";
import { branchChannels } from "../../model/mixers/fields.ts";
import {
  type Branches,
  branchesOf,
  type InceptionMixer,
  inceptionBranches,
} from "../../model/mixers/inception.ts";
import { Tooltip } from "../controls/Tooltip.tsx";
import { formatRatio } from "../format.ts";
import type { BranchKind } from "../graph/branches.ts";
import { type StageKnobProps, useStageField } from "../knobs/field.ts";
import { KernelGlyph } from "../nodes/KernelGlyph.tsx";
import { KernelControl, RatioControl } from "./controls.tsx";
import styles from "./inception.module.css";
import type { MixerFace } from "./types.ts";

const names = {
  identity: { kind: "passing", words: "Identity" },
  dwconv_hw: { kind: "square", words: "Square" },
  dwconv_w: { kind: "bandW", words: "Band 1 × k" },
  dwconv_h: { kind: "bandH", words: "Band k × 1" },
} as const;

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
function BranchesValue({ mixer }: { readonly mixer: InceptionMixer }) {
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

/** Which run, as `101` in the order of the convolutions; undefined where the stage's mixer is of another kind. */
function switchesOf({ tokenMixer }: Stage): string | undefined {
  if (!("branchRatio" in tokenMixer)) return undefined;
  const on = branchesOf(tokenMixer);
  return convolutions.map(({ key }) => Number(on[key])).join("");
}

/** Three buttons that switch the convolution branches; off passes the channels through. */
const BranchesKnob = memo(function BranchesKnob(props: StageKnobProps) {
  const { of, value = "111", onChange, onCommit } = useStageField(props, "tokenMixer.branches", switchesOf);
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

const channelsInWords = (ratio: number, dim: number) =>
  `, ${branchChannels(dim, ratio)} channels in each branch`;

export const inceptionFace: MixerFace<InceptionMixer> = {
  opens: true,
  branches: (dim, mixer) =>
    inceptionBranches(dim, mixer).map(({ name, start, count, kernelSize }) => {
      const { kind, words } = names[name];
      const off = kind !== "passing" && kernelSize === undefined;
      return {
        kind,
        module: name,
        name: words,
        start,
        channels: count,
        ...(kernelSize && { kernel: kernelSize }),
        state: count === 0 ? "absent" : off ? "off" : "on",
      };
    }),
  knobs: [
    {
      field: "branchRatio",
      label: "Branch ratio",
      explain:
        "Share of the channels in each of the three convolution branches; the rest passes through. At 1/3 nothing passes through.",
      control: (knob) => (
        <RatioControl
          {...knob}
          field="branchRatio"
          word="Branch ratio"
          max={1 / 3}
          step={0.0125}
          inWords={channelsInWords}
        />
      ),
      value: ({ branchRatio }) => formatRatio(branchRatio),
      isWide: true,
    },
    {
      field: "bandKernelSize",
      label: "Band kernel",
      short: "Band",
      explain: "k of the 1 × k and k × 1 kernels, in pixels. Odd, so that padding keeps the size.",
      control: (knob) => <KernelControl {...knob} field="bandKernelSize" word="Band kernel" />,
      value: ({ bandKernelSize }) => bandKernelSize,
    },
    {
      field: "squareKernelSize",
      label: "Square kernel",
      short: "Square",
      explain: "Side of the square kernel, in pixels. Odd.",
      control: (knob) => <KernelControl {...knob} field="squareKernelSize" word="Square kernel" />,
      value: ({ squareKernelSize }) => squareKernelSize,
    },
    {
      field: "branches",
      label: "Branches",
      explain: "A branch that is off passes its channels through, as in the paper's ablation.",
      control: (knob) => <BranchesKnob {...knob} />,
      value: (mixer) => <BranchesValue mixer={mixer} />,
    },
  ],
  sweeps: [
    { field: "bandKernelSize", label: "Band kernel", values: "3..31:4", isRatio: false },
    { field: "branchRatio", label: "Branch ratio", values: "1/16, 1/8, 3/16, 1/4, 1/3", isRatio: true },
    { field: "squareKernelSize", label: "Square kernel", values: "3..9:2", isRatio: false },
  ],
};

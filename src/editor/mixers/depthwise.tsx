/** @file How a depthwise mixer is drawn and turned: what it convolves as a square, and what it passes through. */
import type { DepthwiseMixer } from "../../model/mixers/depthwise.ts";
import { branchChannels } from "../../model/mixers/fields.ts";
import { formatRatio } from "../format.ts";
import { type Branch, passing } from "../graph/branches.ts";
import { KernelControl, RatioControl } from "./controls.tsx";
import type { MixerFace } from "./types.ts";

const shareInWords = () => " of the channels";

export const depthwiseFace: MixerFace<DepthwiseMixer> = {
  opens: true,
  branches(dim, { kernelSize, convRatio }) {
    const count = branchChannels(dim, convRatio);
    const convolved: Branch = {
      kind: "square",
      module: convRatio === 1 ? "" : "conv",
      name: "Depthwise",
      start: dim - count,
      channels: count,
      ...(count > 0 && { kernel: [kernelSize, kernelSize] }),
      state: count > 0 ? "on" : "absent",
    };
    return convRatio === 1 ? [convolved] : [passing("identity", dim - count), convolved];
  },
  knobs: [
    {
      field: "convRatio",
      label: "Convolution ratio",
      explain:
        "Share of the channels that is convolved, the last ones; 1 is ConvNeXt's. The rest passes through.",
      control: (knob) => (
        <RatioControl
          {...knob}
          field="convRatio"
          word="Convolution ratio"
          max={1}
          step={1 / 16}
          inWords={shareInWords}
        />
      ),
      value: ({ convRatio }) => formatRatio(convRatio),
      isWide: true,
    },
    {
      field: "kernelSize",
      label: "Kernel",
      explain: "Side of the square kernel, in pixels. Odd.",
      control: (knob) => <KernelControl {...knob} field="kernelSize" word="Kernel" />,
      value: ({ kernelSize }) => kernelSize,
    },
  ],
  sweeps: [
    { field: "kernelSize", label: "Kernel", values: "3..11:2", isRatio: false },
    { field: "convRatio", label: "Convolution ratio", values: "1/16, 1/8, 1/4, 1/2, 1", isRatio: true },
  ],
};

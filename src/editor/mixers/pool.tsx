/** @file How pooling is drawn and turned: one branch that takes all channels. */
import type { PoolMixer } from "../../model/mixers/pool.ts";
import { KernelControl } from "./controls.tsx";
import type { MixerFace } from "./types.ts";

export const poolFace: MixerFace<PoolMixer> = {
  opens: true,
  branches: (dim, { kernelSize }) => [
    {
      kind: "average",
      module: "pool",
      name: "Pool",
      start: 0,
      channels: dim,
      kernel: [kernelSize, kernelSize],
      state: "on",
    },
  ],
  knobs: [
    {
      field: "kernelSize",
      label: "Kernel",
      explain: "Side of the square that is averaged, in pixels; the pixel itself is then subtracted. Odd.",
      control: (knob) => <KernelControl {...knob} field="kernelSize" word="Kernel" />,
      value: ({ kernelSize }) => kernelSize,
    },
  ],
  sweeps: [{ field: "kernelSize", label: "Kernel", values: "3..11:2", isRatio: false }],
};

/** @file Depthwise convolution: ConvNeXt's at `convRatio` 1, the official partial convolution below it. */
import { z } from "zod";
import { branchChannels, kernelSize, ratio } from "./fields.ts";
import type { MixerKind, Size2d } from "./types.ts";

export interface DepthwiseMixer {
  readonly kind: "depthwise";
  /** Side of the kernel, in pixels, odd. */
  readonly kernelSize: number;
  /** The last `floor(dim * convRatio)` channels are convolved, the rest pass through. */
  readonly convRatio: number;
}

const standard: DepthwiseMixer = { kind: "depthwise", kernelSize: 7, convRatio: 1 };

export const depthwise = {
  kind: standard.kind,
  name: "Depthwise",
  hint: "One k × k kernel a channel, as ConvNeXt",
  schema: z.strictObject({
    kind: z.literal(standard.kind),
    kernelSize: kernelSize("Kernel size"),
    convRatio: ratio("Convolution ratio"),
  }),
  standard,
  optional: [],
  issue: () => undefined,
  plain: (mixer) => mixer,
  lower(builder, id, input, mixer) {
    const dim = builder.channelsOf(input);
    const count = branchChannels(dim, mixer.convRatio);
    const kernel: Size2d = [mixer.kernelSize, mixer.kernelSize];
    if (mixer.convRatio === 1) return builder.depthwise(id, input, kernel, { start: 0, count });
    const parts: string[] = [];
    if (count < dim) parts.push(builder.channels(`${id}.identity`, input, { start: 0, count: dim - count }));
    if (count > 0) parts.push(builder.depthwise(`${id}.conv`, input, kernel, { start: dim - count, count }));
    return builder.concat(`${id}.concat`, parts);
  },
  recognise(weight) {
    const [full, partial] = [weight(""), weight("conv")];
    if (full) return { mixer: () => ({ ...standard, kernelSize: full[2] ?? 0 }) };
    if (!partial) return undefined;
    return {
      channels: partial[0] ?? 0,
      mixer: (convRatio) => ({ ...standard, kernelSize: partial[2] ?? 0, convRatio }),
    };
  },
} satisfies MixerKind<DepthwiseMixer>;

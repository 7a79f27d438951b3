/**
 * @file Pooling (PoolFormer, arXiv 2111.11418): the average of the pixels around, minus the pixel itself. It has no weights;
 * the shortcut of the block adds the pixel back.
 */
import { z } from "zod";
import { kernelSize } from "./fields.ts";
import type { MixerKind } from "./types.ts";

export interface PoolMixer {
  readonly kind: "pool";
  /** Side of the square that is averaged, in pixels, odd. What lies outside of the image does not count. */
  readonly kernelSize: number;
}

const standard: PoolMixer = { kind: "pool", kernelSize: 3 };

export const pool = {
  kind: standard.kind,
  name: "Pool",
  hint: "k × k average minus the pixel, as PoolFormer",
  schema: z.strictObject({ kind: z.literal(standard.kind), kernelSize: kernelSize("Kernel size") }),
  standard,
  optional: [],
  issue: () => undefined,
  plain: (mixer) => mixer,
  lower(builder, id, input, mixer) {
    const average = builder.averagePool2d(`${id}.pool`, input, [mixer.kernelSize, mixer.kernelSize]);
    return builder.subtract(`${id}.subtract`, average, input);
  },
  // It has no weights, so nothing in a checkpoint sets it apart from an identity.
  recognise: () => undefined,
} satisfies MixerKind<PoolMixer>;

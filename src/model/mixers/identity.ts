/** @file No token mixing at all: MetaNeXt's lower bound. */
import { z } from "zod";
import type { MixerKind } from "./types.ts";

export interface IdentityMixer {
  readonly kind: "identity";
}

const standard: IdentityMixer = { kind: "identity" };

export const identity = {
  kind: standard.kind,
  name: "Identity",
  hint: "No mixing between pixels",
  schema: z.strictObject({ kind: z.literal(standard.kind) }),
  standard,
  optional: [],
  issue: () => undefined,
  plain: (mixer) => mixer,
  lower: (builder, id, input) => builder.channels(id, input, { start: 0, count: builder.channelsOf(input) }),
  // It has no weights.
  recognise: () => undefined,
} satisfies MixerKind<IdentityMixer>;

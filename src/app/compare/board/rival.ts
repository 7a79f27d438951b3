/** @file What a network is worth comparing with where the person has not said: itself with the other kind of token mixer. */
import { edit } from "../../../model/architecture/edits.ts";
import { presetOf } from "../../../model/architecture/presets.ts";
import type { Architecture } from "../../../model/architecture/schema.ts";

const mixerOf = (preset: string) => presetOf(preset).architecture.stages[0].tokenMixer;
const [inceptionNeXt, convNeXt] = [mixerOf("inceptionnext_tiny"), mixerOf("convnext_tiny")];

/** The same network with ConvNeXt's 7 x 7 depthwise convolutions; with Inception mixers where it has none. */
export function rivalOf(architecture: Architecture): Architecture {
  const isInception = architecture.stages.some(({ tokenMixer }) => tokenMixer.kind === inceptionNeXt.kind);
  const [mixer, word] = isInception
    ? ([convNeXt, "7 × 7 depthwise"] as const)
    : ([inceptionNeXt, "Inception mixer"] as const);
  const edited = edit(architecture, "stages[*].tokenMixer", mixer);
  if (!edited.ok) return architecture;
  return { ...edited.value, name: `${architecture.name ?? "This network"}, ${word}` };
}

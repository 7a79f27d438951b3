/** @file What a network is worth comparing with where the person has not said: itself with the other kind of token mixer. */
import { defaultMixer, edit } from "../../../model/architecture/edits.ts";
import type { Architecture } from "../../../model/architecture/schema.ts";

/** The same network with ConvNeXt's 7 x 7 depthwise convolutions; with Inception mixers where it has none. */
export function rivalOf(architecture: Architecture): Architecture {
  const isInception = architecture.stages.some(({ tokenMixer }) => tokenMixer.kind === "inception");
  const [mixer, word] = isInception
    ? ([defaultMixer("depthwise"), "7 × 7 depthwise"] as const)
    : ([defaultMixer("inception"), "Inception mixer"] as const);
  const edited = edit(architecture, "stages[*].tokenMixer", mixer);
  if (!edited.ok) return architecture;
  return { ...edited.value, name: `${architecture.name ?? "This network"}, ${word}` };
}

/** @file The faces of the token mixers, one file each. A kind that has none does not compile. */
import { type MixerKindName, type Mixers, mixerKinds, type TokenMixer } from "../../model/mixers/table.ts";
import type { Branch } from "../graph/branches.ts";
import { depthwiseFace } from "./depthwise.tsx";
import { identityFace } from "./identity.ts";
import { inceptionFace } from "./inception.tsx";
import { poolFace } from "./pool.tsx";
import type { MixerFace, MixerKnob, MixerSweep } from "./types.ts";

const table: { readonly [K in MixerKindName]: MixerFace<Mixers[K]> } = {
  inception: inceptionFace,
  depthwise: depthwiseFace,
  pool: poolFace,
  identity: identityFace,
};

function faceOf<K extends MixerKindName>(mixer: Mixers[K] & { readonly kind: K }): MixerFace<Mixers[K]> {
  return table[mixer.kind];
}

/** The branches in their order along the channels of a stage with `dim` channels. */
export function branchesOfMixer(dim: number, mixer: TokenMixer): readonly Branch[] {
  return faceOf(mixer).branches(dim, mixer);
}

/** Whether there is something to see in it. */
export function mixerOpens(mixer: TokenMixer): boolean {
  return faceOf(mixer).opens;
}

/** The fields that a person turns, in their order. */
export function knobsOfMixer(mixer: TokenMixer): readonly MixerKnob<TokenMixer>[] {
  return faceOf(mixer).knobs;
}

/** Fields of any kind that a sweep turns; kinds may share one. */
export const mixerSweeps: readonly MixerSweep[] = mixerKinds
  .flatMap((kind) => table[kind].sweeps)
  .filter(({ field }, place, all) => all.findIndex((other) => other.field === field) === place);

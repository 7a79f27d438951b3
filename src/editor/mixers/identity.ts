/** @file How an identity is drawn: all channels pass through, and there is nothing to turn. */
import type { IdentityMixer } from "../../model/mixers/identity.ts";
import { passing } from "../graph/branches.ts";
import type { MixerFace } from "./types.ts";

export const identityFace: MixerFace<IdentityMixer> = {
  opens: false,
  branches: (dim) => [passing("", dim)],
  knobs: [],
  sweeps: [],
};

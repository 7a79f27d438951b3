/**
 * @file The token mixers, one file each: what the architecture JSON may name, and what the rest of the model asks of one.
 *
 * A new kind is a file here, its lines in this table, and its face in `src/editor/mixers`; what is left out of one of the
 * lists does not compile.
 */
import { z } from "zod";
import { type DepthwiseMixer, depthwise } from "./depthwise.ts";
import { type IdentityMixer, identity } from "./identity.ts";
import { type InceptionMixer, inception } from "./inception.ts";
import { type PoolMixer, pool } from "./pool.ts";
import type { FieldIssue, MixerBuilder, MixerKind, Recognised, WeightShapes } from "./types.ts";

export type TokenMixer = InceptionMixer | DepthwiseMixer | PoolMixer | IdentityMixer;

export const mixerSchema = z.discriminatedUnion(
  "kind",
  [inception.schema, depthwise.schema, pool.schema, identity.schema],
  "There is no token mixer of this kind",
);

export type MixerKindName = z.infer<typeof mixerSchema>["kind"];

/** The mixer of each kind. */
export type Mixers = { readonly [K in MixerKindName]: Extract<TokenMixer, { readonly kind: K }> };

/** In the order of lists. */
const table: { readonly [K in MixerKindName]: MixerKind<Mixers[K]> } = {
  inception,
  depthwise,
  pool,
  identity,
};

export const mixerKinds = Object.keys(table) as readonly MixerKindName[];

/** Fields of any kind. */
export type MixerField = TokenMixer extends infer M
  ? M extends unknown
    ? Exclude<keyof M, "kind">
    : never
  : never;

/** What is known of a mixer's kind. */
function kindOf<K extends MixerKindName>(mixer: Mixers[K] & { readonly kind: K }): MixerKind<Mixers[K]> {
  return table[mixer.kind];
}

/** The kind in a word, and in a line. */
export function mixerWords(kind: MixerKindName): { readonly name: string; readonly hint: string } {
  return table[kind];
}

/** A mixer of the kind, set up as the papers do. */
export function defaultMixer(kind: MixerKindName): TokenMixer {
  return table[kind].standard;
}

/** What of it does not fit a stage of `dim` channels. */
export function mixerIssue(mixer: TokenMixer, dim: number): FieldIssue | undefined {
  return kindOf(mixer).issue(mixer, dim);
}

/** The same mixer without what says no more than its absence. */
export function plainMixer(mixer: TokenMixer): TokenMixer {
  return kindOf(mixer).plain(mixer);
}

/** Fields that a mixer of the kind may lack and can still be given; none of a kind that does not exist. */
export function optionalFields(kind: unknown): readonly string[] {
  const known = mixerKinds.find((name) => name === kind);
  return known ? table[known].optional : [];
}

/** Adds the mixer with the module path `id` and returns the id of its output, which has the shape of the input. */
export function lowerMixer(builder: MixerBuilder, id: string, input: string, mixer: TokenMixer): string {
  return kindOf(mixer).lower(builder, id, input, mixer);
}

/** The kind of mixer whose weights a block has; one without any is taken for an identity, as pooling has none either. */
export function recogniseMixer(
  weight: WeightShapes,
): Recognised<TokenMixer> & { readonly kind: MixerKindName } {
  for (const kind of mixerKinds) {
    const found = table[kind].recognise(weight);
    if (found) return { ...found, kind };
  }
  return { kind: identity.kind, mixer: () => identity.standard };
}

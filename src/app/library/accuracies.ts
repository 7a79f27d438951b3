/**
 * @file Accuracies that were measured are found again after a reload: each with the network and the exact weights that it
 * is of, so that it never stands at a network with others.
 */
import { z } from "zod";
import { type Architecture, parseArchitecture } from "../../model/architecture/schema.ts";
import type { Accuracy, Answer } from "../../model/engine/api.ts";
import type { WritableEngineStore } from "../engine/engineStore.ts";
import { networkKey } from "../network/sameNetwork.ts";
import type { Key } from "../persistence/key.ts";
import { mergeLists } from "../persistence/merge.ts";
import type { Persistence } from "../persistence/persistence.ts";

const network = z.unknown().transform((input, context): Architecture => {
  const parsed = parseArchitecture(input);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: "No architecture" });
  return z.NEVER;
});

/** SHA-256: other identities end with the visit. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const keptAccuracy = z.object({
  weights: hash,
  architecture: network,
  top1: z.number().min(0).max(1),
  images: z.int().min(1),
  provenance: z.object({
    badge: z.enum(["pretrained", "partly pretrained", "untrained"]),
    carried: z.number().min(0).max(1),
    dataset: z.string().exactOptional(),
  }),
});

type KeptAccuracy = Readonly<z.infer<typeof keptAccuracy>>;

/** The newest so many are kept: each is about a kilobyte. */
const most = 100;

/** The newest first. */
export const accuraciesKey: Key<readonly KeptAccuracy[]> = {
  name: "accuracies",
  version: 1,
  formerly: ["lab.accuracies"],
  what: "the measured accuracies",
  parse: (stored) => {
    if (stored === undefined) return { value: [], isWhole: true };
    if (!Array.isArray(stored)) return { value: [], isWhole: false };
    const value = stored.flatMap((one) => keptAccuracy.safeParse(one).data ?? []);
    return { value: value.slice(0, most), isWhole: value.length === stored.length };
  },
  merge: (base, mine, theirs) => mergeLists({ base, mine, theirs }, idOf, "start").slice(0, most),
};

function idOf({ weights, architecture }: KeptAccuracy): string {
  return `${weights} ${networkKey(architecture)}`;
}

/** As they are kept: those whose weights can be known again. */
export function keptOf(accuracies: readonly Answer<Accuracy>[]): readonly KeptAccuracy[] {
  return accuracies
    .filter(isKnownAgain)
    .slice(0, most)
    .map(({ weights, architecture, value: { top1, images, provenance } }) => ({
      weights,
      architecture,
      top1,
      images,
      provenance,
    }));
}

function isKnownAgain({ weights }: Answer<Accuracy>): boolean {
  return hash.safeParse(weights).success;
}

export function accuraciesFrom(kept: readonly KeptAccuracy[]): readonly Answer<Accuracy>[] {
  return kept.map(({ weights, architecture, ...value }) => ({ weights, architecture, value }));
}

/** Gives the engine's store those that are kept; from now on its own are kept, too. */
export function keepAccuracies(engine: WritableEngineStore, persistence: Persistence): void {
  const slot = persistence.slot(accuraciesKey);
  engine.setState({ accuracies: accuraciesFrom(slot.value) });
  engine.subscribe((state, before) => {
    if (state.accuracies !== before.accuracies) void slot.write(keptOf(state.accuracies));
  });
  slot.follow((kept) => {
    const others = engine.getState().accuracies.filter((one) => !isKnownAgain(one));
    engine.setState({ accuracies: [...others, ...accuraciesFrom(kept)] });
  });
}

/**
 * @file Accuracies that were measured are found again after a reload: each with the network and the exact weights that it
 * is of, so that it never stands at a network with others.
 */
import { z } from "zod";
import { type Architecture, parseArchitecture } from "../../model/architecture/schema.ts";
import type { Accuracy, Answer } from "../../model/engine/api.ts";
import type { EngineStore } from "../engine/engineStore.ts";
import { readStored, writeStored } from "../persistence/storage.ts";

const network = z.unknown().transform((input, context): Architecture => {
  const parsed = parseArchitecture(input);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: "No architecture" });
  return z.NEVER;
});

/** SHA-256: other identities end with the visit. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const keptAccuracy = z
  .object({
    weights: hash,
    architecture: network,
    top1: z.number().min(0).max(1),
    images: z.int().min(1),
    provenance: z.object({
      badge: z.enum(["pretrained", "partly pretrained", "untrained"]),
      carried: z.number().min(0).max(1),
      dataset: z.string().exactOptional(),
    }),
  })
  .transform(({ weights, architecture, ...value }): Answer<Accuracy> => ({ weights, architecture, value }));

const name = "lab.accuracies";

/** The newest so many are kept: each is about a kilobyte. */
const most = 100;

/** Stored accuracies without those that cannot be read. */
export function accuraciesFrom(stored: unknown): readonly Answer<Accuracy>[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => keptAccuracy.safeParse(one).data ?? []).slice(0, most);
}

/** As they are stored: those whose weights can be known again, the newest first. */
export function keptOf(accuracies: readonly Answer<Accuracy>[]): readonly unknown[] {
  return accuracies
    .filter(({ weights }) => hash.safeParse(weights).success)
    .slice(0, most)
    .map(({ weights, architecture, value }) => ({ weights, architecture, ...value }));
}

/** Gives the engine's store those that are kept; from now on its own are kept, too. */
export function keepAccuracies(engine: EngineStore): void {
  engine.setState({ accuracies: accuraciesFrom(readStored(name)) });
  engine.subscribe((state, before) => {
    if (state.accuracies !== before.accuracies) writeStored(name, keptOf(state.accuracies));
  });
}

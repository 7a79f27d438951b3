/**
 * @file Accuracies that were measured are found again after a reload: each with the network and the exact weights that it
 * is of, so that it never stands at a network with others.
 */
import { z } from "zod";
import { type Architecture, parseArchitecture } from "../../model/architecture/schema.ts";
import type { Accuracy, WeightsInfo } from "../../model/engine/api.ts";
import type { About, EngineStore } from "../engine/engineStore.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { readStored, writeStored } from "../persistence/storage.ts";
import type { LibraryEntry } from "./library.ts";
import type { LibraryStore } from "./libraryStore.ts";

const network = z.unknown().transform((input, context): Architecture => {
  const parsed = parseArchitecture(input);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: "No architecture" });
  return z.NEVER;
});

const keptAccuracy = z.object({
  /** SHA-256 of the checkpoint. */
  weights: z.string().min(1),
  architecture: network,
  top1: z.number().min(0).max(1),
  images: z.int().min(1),
  provenance: z.object({
    badge: z.enum(["pretrained", "partly pretrained", "untrained"]),
    carried: z.number().min(0).max(1),
    dataset: z.string().exactOptional(),
  }),
});

export type KeptAccuracy = Readonly<z.infer<typeof keptAccuracy>>;

const name = "lab.accuracies";

/** The newest so many are kept: each is about a kilobyte. */
const most = 100;

/** Stored accuracies without those that cannot be read. */
export function accuraciesFrom(stored: unknown): readonly KeptAccuracy[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one) => keptAccuracy.safeParse(one).data ?? []).slice(0, most);
}

/** Those of the weights, as the engine has them. */
export function accuraciesOf(kept: readonly KeptAccuracy[], weights: string): readonly About<Accuracy>[] {
  return kept
    .filter((one) => one.weights === weights)
    .map(({ architecture, top1, images, provenance }) => ({
      architecture,
      value: { top1, images, provenance },
    }));
}

/** Those of the weights, the newest first, in the place of what was kept of the same networks with the same weights. */
export function withAccuracies(
  kept: readonly KeptAccuracy[],
  weights: string,
  found: readonly About<Accuracy>[],
): readonly KeptAccuracy[] {
  const isFound = (one: KeptAccuracy) =>
    one.weights === weights && found.some(({ architecture }) => sameNetwork(architecture, one.architecture));
  const added = found.map(({ architecture, value: { top1, images, provenance } }) => ({
    weights,
    architecture,
    top1,
    images,
    provenance,
  }));
  return [...added, ...kept.filter((one) => !isFound(one))].slice(0, most);
}

/** The hash that the file was checked against; undefined where the weights cannot be told from others for certain. */
export function identityOf(
  weights: WeightsInfo | undefined,
  entries: readonly LibraryEntry[],
): string | undefined {
  if (!weights?.verified) return undefined;
  const entry = entries.find(({ id }) => id === weights.id);
  return entry?.sha256 ?? entry?.fileSha256;
}

/** From now on the engine's accuracies are kept, and given back to it with the weights that they are of. */
export function keepAccuracies(engine: EngineStore, library: LibraryStore): void {
  let kept = accuraciesFrom(readStored(name));
  engine.subscribe((state, before) => {
    const identity = identityOf(state.weights, library.getState().entries);
    if (identity === undefined) return;
    if (state.weights !== before.weights) {
      const known = accuraciesOf(kept, identity);
      if (known.length > 0) engine.setState({ accuracies: known });
    } else if (state.accuracies !== before.accuracies) {
      kept = withAccuracies(kept, identity, state.accuracies);
      writeStored(name, kept);
    }
  });
}

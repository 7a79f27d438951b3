/** @file Which layers of a graph an operation stands for, after layers were folded and fused. */
import type { LayerGraph } from "./types.ts";

/** What runs in one piece, as far as it says where it begins and ends. */
interface Piece {
  /** Id of the layer whose output it gives. */
  readonly id: string;
  /** Ids of the layers whose outputs it reads. */
  readonly inputs: readonly string[];
}

/**
 * Ids of the layers between each piece's inputs and its output, in the order of the graph. The input is no layer, and a
 * layer belongs to the first piece that has it.
 */
export function coversOf(
  { nodes }: LayerGraph,
  pieces: readonly Piece[],
): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const taken = new Set(nodes.filter(({ op }) => op.kind === "input").map(({ id }) => id));
  const covers = new Map<string, readonly string[]>();
  for (const { id, inputs } of pieces) {
    const covered = new Set<string>();
    const waiting = [id];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (taken.has(next) || inputs.includes(next)) continue;
      taken.add(next);
      covered.add(next);
      waiting.push(...(byId.get(next)?.inputs ?? []));
    }
    covers.set(
      id,
      nodes.flatMap((node) => (covered.has(node.id) ? [node.id] : [])),
    );
  }
  return covers;
}

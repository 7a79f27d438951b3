/**
 * @file Which field makes a network too large: the one that, set to what a network of the paper has, saves most.
 *
 * So it is tried out, not guessed from the layer that does not fit: fc1 of a head may be too large because of the head's
 * own ratio, or of the last stage's channels.
 */
import { editByPath } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { type AnyNetwork, isFixed } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { defaultMixer, type TokenMixer } from "../mixers/table.ts";

/** The network as it would be, had the field at `path` its usual value. */
export interface Alternative {
  /** Empty for the network as a whole. */
  readonly path: string;
  readonly graph: LayerGraph;
  readonly batch: number;
}

/** With every field, one at a time, that is above what is usual; `batch` stands for the images of a forward. */
export function alternativesTo(
  network: AnyNetwork,
  graph: LayerGraph,
  batch: number,
): readonly Alternative[] {
  const smallerBatch = batch > 1 ? [{ path: "batch", graph, batch: 1 }] : [];
  if (isFixed(network)) return smallerBatch;
  const others = usualValues(network).flatMap(([path, value]) => {
    const edited = editByPath(network, path, value);
    return edited.ok ? [{ path, graph: lower(edited.value), batch }] : [];
  });
  return [...smallerBatch, ...others];
}

/** Nobody is to blame for what no alternative brings down by this share. */
const least = 0.01;

/** The path of the alternative that has the least `bytes`; empty where it is none's fault. */
export function blame(
  bytes: number,
  alternatives: readonly Alternative[],
  bytesOf: (alternative: Alternative) => number,
): string {
  let best = { path: "", bytes: (1 - least) * bytes };
  for (const alternative of alternatives) {
    const its = bytesOf(alternative);
    if (its < best.bytes) best = { path: alternative.path, bytes: its };
  }
  return best.path;
}

/** Of the fields that make this network larger than InceptionNeXt-T. */
function usualValues(architecture: Architecture): readonly (readonly [path: string, value: number])[] {
  const usual = presetOf("inceptionnext_tiny").architecture;
  const { head } = usual;
  const of: (readonly [path: string, value: number, usual: number])[] = [
    ["imageSize", architecture.imageSize, usual.imageSize],
    ["inChannels", architecture.inChannels, usual.inChannels],
    ["numClasses", architecture.numClasses, usual.numClasses],
  ];
  if (architecture.head.kind === "mlp" && head.kind === "mlp") {
    of.push(["head.mlpRatio", architecture.head.mlpRatio, head.mlpRatio]);
  }
  for (const index of [0, 1, 2, 3] as const) {
    const [stage, other] = [architecture.stages[index], usual.stages[index]];
    for (const field of ["depth", "dim", "mlpRatio"] as const) {
      of.push([`stages[${index}].${field}`, stage[field], other[field]]);
    }
    const standard = new Map(sizesOf(defaultMixer(stage.tokenMixer.kind)));
    for (const [field, value] of sizesOf(stage.tokenMixer)) {
      of.push([`stages[${index}].tokenMixer.${field}`, value, standard.get(field) ?? value]);
    }
  }
  return of.filter(([, value, other]) => value > other).map(([path, , other]) => [path, other]);
}

/** Kernel sizes and ratios, whatever they are called. */
function sizesOf(mixer: TokenMixer): readonly (readonly [field: string, value: number])[] {
  return Object.entries(mixer).flatMap(([field, value]) =>
    typeof value === "number" ? [[field, value] as const] : [],
  );
}

/** @file Whether a network fits a device, told before anything is built. */
import type { Issue } from "../architecture/schema.ts";
import { type AnyNetwork, graphOf } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { alternativesTo, blame } from "./blame.ts";
import { footprintOf, largestPiece, outputBytes } from "./footprint.ts";

/** Bytes that a device can hold. */
export interface DeviceLimits {
  /** Of one tensor. */
  readonly tensorBytes: number;
  /** Of everything together: on the device, and beside it on the processor. */
  readonly totalBytes: number;
  /** Of what is on the device, where that is a memory of its own. */
  readonly heapBytes?: number;
}

/** How a network is used. */
export interface Use {
  /** Images of its largest forward. */
  readonly batch: number;
  /** How often its weights are on the device: once for each kind of kernels. */
  readonly copies?: number;
  /** TensorFlow.js's operations run it as well: they need more room, and keep weights of their own. */
  readonly isStock?: boolean;
  /** Nodes and groups whose outputs are kept. */
  readonly kept?: readonly string[];
}

export interface Need {
  /** On the device. */
  readonly device: number;
  /** That, and what the processor keeps and makes on the way. */
  readonly total: number;
}

/** TensorFlow.js's WebAssembly keeps the weights of its operations packed as well. */
const stockCopies = 2;
/** The weights as they are, and once more on their way to the device. */
const copiesBeside = 2;
/** The largest layer, folded and then packed. */
const layersBeside = 2;

/** Bytes that a network needs. */
export function needOf(graph: LayerGraph, { batch, copies = 1, isStock = false, kept = [] }: Use): Need {
  const { weights, largestLayer, activations, stockActivations } = footprintOf(graph);
  const features = batch * outputBytes(graph, kept);
  const maps = batch * (isStock ? stockActivations : activations);
  const device = (copies + (isStock ? stockCopies : 0)) * weights + maps + features;
  // What is kept is read, and turned to another order.
  return { device, total: device + copiesBeside * weights + layersBeside * largestLayer + 2 * features };
}

/**
 * What of the network does not fit: layers of which a tensor is too large, and the whole where it is. Each issue names the
 * field that makes it so, `batch` where that does, or none. Empty if the network fits.
 */
export function overLimits(
  network: AnyNetwork,
  limits: DeviceLimits,
  use: Use,
  graph: LayerGraph = graphOf(network),
): readonly Issue[] {
  const { batch } = use;
  const large = graph.nodes
    .map((node) => ({ id: node.id, bytes: largestPiece(node, batch) }))
    .filter(({ bytes }) => bytes > limits.tensorBytes)
    .sort((a, b) => b.bytes - a.bytes);
  const { device, total } = needOf(graph, use);
  const isHeapFull = device > (limits.heapBytes ?? Number.POSITIVE_INFINITY);
  if (large.length === 0 && !isHeapFull && total <= limits.totalBytes) return [];

  const alternatives = alternativesTo(network, graph, batch);
  const issues: Issue[] = [];
  for (const { id, bytes } of large) {
    const path = blame(bytes, alternatives, (other) => {
      const node = other.graph.nodes.find((candidate) => candidate.id === id);
      return node ? largestPiece(node, other.batch) : bytes;
    });
    if (issues.some((issue) => issue.path === path)) continue;
    const piece = `${id} needs ${mebibytes(bytes)} in one piece`;
    issues.push({ path, message: `${piece}, this device holds ${mebibytes(limits.tensorBytes)}` });
  }
  const whole = (name: keyof Need, bytes: number, most: number) => {
    const path = blame(
      bytes,
      alternatives,
      (other) => needOf(other.graph, { ...use, batch: other.batch })[name],
    );
    if (issues.some((issue) => issue.path === path)) return;
    issues.push({
      path,
      message: `The network needs ${mebibytes(bytes)}, this device holds ${mebibytes(most)}`,
    });
  };
  if (total > limits.totalBytes) whole("total", total, limits.totalBytes);
  else if (isHeapFull) whole("device", device, limits.heapBytes ?? 0);
  return issues;
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}

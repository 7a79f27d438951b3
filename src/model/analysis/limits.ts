/** @file Whether a network fits a device, told before anything is built. */

import type { Issue } from "../architecture/schema.ts";
import { elementCount } from "../graph/elementCount.ts";
import type { LayerGraph } from "../graph/types.ts";
import { costOf } from "./cost.ts";

/** Bytes that a device can hold. */
export interface DeviceLimits {
  /** Of one tensor. */
  readonly tensorBytes: number;
  /** Of everything together, where that is known. */
  readonly totalBytes?: number;
}

const bytesPerElement = 4;

/**
 * What of the network does not fit for a batch of `batch` images: each layer whose output or weight is too large, by the
 * field that makes it so, and the whole where weights and feature maps together are too large. Empty if it fits.
 */
export function overLimits(graph: LayerGraph, limits: DeviceLimits, batch: number): readonly Issue[] {
  const stageOf = new Map(graph.groups.map((group) => [group.id, group.stage]));
  const issues: Issue[] = [];
  const seen = new Set<string>();
  for (const node of graph.nodes) {
    const output = batch * bytesOf(node.output);
    const largest = Math.max(output, ...node.tensors.map((tensor) => bytesOf(tensor.shape)));
    if (largest <= limits.tensorBytes) continue;
    const stage = stageOf.get(node.group);
    const path = stage === undefined ? "imageSize" : `stages[${stage}].dim`;
    if (seen.has(path)) continue;
    seen.add(path);
    const message = `${node.id} needs ${mebibytes(largest)} in one piece, this device holds ${mebibytes(limits.tensorBytes)}`;
    issues.push({ path, message });
  }
  const { weightBytes, peakActivationBytes } = costOf(graph).total;
  const total = weightBytes + batch * peakActivationBytes;
  if (limits.totalBytes !== undefined && total > limits.totalBytes) {
    const message = `The network needs ${mebibytes(total)}, this device holds ${mebibytes(limits.totalBytes)}`;
    issues.push({ path: "", message });
  }
  return issues;
}

function bytesOf(shape: readonly number[]): number {
  return bytesPerElement * elementCount(shape);
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}

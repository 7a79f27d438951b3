/**
 * @file Which channel of a stage becomes which when its width or its mixer changes.
 *
 * All blocks of a stage share one stream of channels, and a mixer gives each stretch of it a role (identity, square, band).
 * A channel keeps its role where the new mixer has room for it. The stream is reordered for that, in every tensor alike, so
 * the reordering itself changes nothing.
 */
import { type AxisMap, axisMap } from "./axisMap.ts";
import type { Mixer } from "./sites.ts";

/** Map of the channels of a stage from `sourceDim` channels under `source` to `targetDim` under `target`. */
export function channelMap(
  sourceDim: number,
  source: Mixer | undefined,
  targetDim: number,
  target: Mixer | undefined,
): AxisMap {
  const from = channelsByRole(sourceDim, source);
  const to = channelsByRole(targetDim, target);
  const origins = new Array<number>(targetDim).fill(-1);
  for (const [role, targets] of to) {
    const sources = from.get(role) ?? [];
    const shared = Math.min(sources.length, targets.length);
    // Branches lie at the end of the stream: in a stream of equal width their last channels are the ones that can stay.
    const fromEnd = role !== identity && sourceDim === targetDim;
    const [sourceStart, targetStart] = fromEnd ? [sources.length - shared, targets.length - shared] : [0, 0];
    for (let i = 0; i < shared; i++) origins[targets[targetStart + i] ?? -1] = sources[sourceStart + i] ?? -1;
  }
  // Channels whose role has no more room take the places that are left, in order.
  const used = new Set(origins);
  const left = Array.from({ length: sourceDim }, (_, channel) => channel).filter(
    (channel) => !used.has(channel),
  );
  let next = 0;
  for (const [channel, origin] of origins.entries()) if (origin < 0) origins[channel] = left[next++] ?? -1;
  return axisMap(sourceDim, origins);
}

const identity = "identity";

function channelsByRole(dim: number, mixer: Mixer | undefined): ReadonlyMap<string, readonly number[]> {
  const roles = new Array<string>(dim).fill(identity);
  for (const { role, channels } of mixer?.branches ?? []) {
    roles.fill(role, channels.start, channels.start + channels.count);
  }
  const byRole = new Map<string, number[]>();
  for (const [channel, role] of roles.entries()) {
    const channels = byRole.get(role);
    if (channels) channels.push(channel);
    else byRole.set(role, [channel]);
  }
  return byRole;
}

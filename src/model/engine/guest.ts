/** @file A network that is built beside the present one, for one use, and leaves that one as it is. */
import type { DeviceLimits } from "../analysis/limits.ts";
import type { Architecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { guestDevice, type NetworkDevice, prepareNetwork } from "../runtime/build.ts";
import type { RunnableNetwork } from "../runtime/runnable.ts";
import type { Provenance } from "./api.ts";
import { checkRoom } from "./room.ts";
import { type LoadedWeights, provenanceOf } from "./weights.ts";

interface Guest {
  readonly architecture: Architecture;
  /** Carried over into it. */
  readonly weights: LoadedWeights;
  /** Images of its largest forward. */
  readonly batch: number;
}

/**
 * Builds it, hands it to `use`, and frees it, whatever comes of that.
 * @throws EngineError `overLimits`; KernelError; what `use` throws.
 */
export async function withGuest<T>(
  { architecture, weights, batch }: Guest,
  { device: present, limits }: { readonly device: NetworkDevice; readonly limits: DeviceLimits },
  use: (network: RunnableNetwork, provenance: Provenance) => Promise<T>,
): Promise<T> {
  const graph = lower(architecture);
  checkRoom(limits, { networks: [architecture], batch });
  const device = guestDevice(present);
  try {
    const prepared = await prepareNetwork(graph, device);
    const carriedOver = weights.carryOver(architecture, graph);
    const { network } = prepared.build(carriedOver.tensors);
    try {
      return await use(network, provenanceOf(weights, carriedOver));
    } finally {
      network.dispose();
    }
  } finally {
    device.fused?.arena.dispose();
  }
}

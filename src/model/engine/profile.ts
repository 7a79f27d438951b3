/** @file Times the operations of a network one by one. */
import { coversOf } from "../graph/covers.ts";
import { type AnyNetwork, graphOf, nameOf } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { freeUnusedBuffers } from "../runtime/bufferPool.ts";
import type { RunnableNetwork } from "../runtime/runnable.ts";
import { timeOperations } from "../runtime/timing.ts";
import type { OnProgress, Profile } from "./api.ts";
import { Contestant } from "./contestant.ts";
import { checkRoom } from "./room.ts";
import type { Started } from "./started.ts";

interface Watching {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
}

/** A network that stands, what it was built from, and a batch of one image, `[1, H, W, C]`. */
interface Profiled {
  readonly graph: LayerGraph;
  readonly network: RunnableNetwork;
  readonly pixels: Float32Array;
}

/** @throws the signal's reason; what the device has reported. */
export async function profileNetwork(
  { info: backend, check }: Started,
  { graph, network, pixels }: Profiled,
  { signal, onProgress }: Watching,
): Promise<Profile> {
  const { operations, kernels } = network;
  const { msById, ...clock } = await timeOperations(network, pixels, {
    signal,
    onProgress: (done) => onProgress?.(done, "timing each operation"),
  });
  check();
  return { backend, kernels, msByNode: msById, covers: coversOf(graph, operations), ...clock };
}

/** Builds a network for its profile alone, as measurements do. @throws also where it does not fit the device. */
export async function profileOther(
  backend: Started,
  architecture: AnyNetwork,
  watching: Watching,
): Promise<Profile> {
  checkRoom(backend.limits, { networks: [architecture], batch: 1 });
  watching.onProgress?.(0, `building ${nameOf(architecture)}`);
  const entry = { name: nameOf(architecture), architecture, batch: 1, kernels: undefined };
  const contestant = await Contestant.build({ ...entry, present: backend.device });
  try {
    const { network, pixels } = contestant;
    return await profileNetwork(backend, { graph: graphOf(architecture), network, pixels }, watching);
  } finally {
    contestant.dispose();
    await freeUnusedBuffers();
  }
}

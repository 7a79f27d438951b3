/** @file Runs the present network in every way there is, and says how far the results lie apart. */
import * as tf from "@tensorflow/tfjs-core";
import { deviationsApart } from "../graph/difference.ts";
import { buildStock, networkDevice } from "../runtime/build.ts";
import type { BackendInfo, KernelChoice, OnProgress, Verification, VerifiedRun } from "./api.ts";
import type { CurrentNetwork } from "./current.ts";
import { letMessagesIn } from "./serial.ts";

interface Outcome {
  readonly logits: Float32Array;
  readonly ms: number;
}

/**
 * @param pixels One image, `[size, size, channels]`.
 * @throws the signal's reason.
 */
export async function verifyNetwork(
  current: CurrentNetwork,
  pixels: Float32Array,
  backend: BackendInfo,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress | undefined },
): Promise<Verification> {
  const runs: (Outcome & Pick<VerifiedRun, "kernels">)[] = [];
  const run = async (kernels: KernelChoice, forward: () => Promise<Float32Array>) => {
    onProgress?.(0, `${kernels} kernels on ${backend.name}`);
    await letMessagesIn();
    signal.throwIfAborted();
    runs.push({ kernels, ...(await timed(forward)) });
  };
  const { network } = current;
  if (network.kernels !== "stock") await run(network.kernels, () => network.run(pixels, 1));
  for (const kernels of current.variants()) {
    const variant = await current.variant(kernels);
    if (!variant) continue;
    try {
      await run(kernels, () => variant.run(pixels, 1));
    } finally {
      variant.dispose();
    }
  }
  await run("stock", () => current.stock().run(pixels, 1));
  const onLayer = (share: number) => onProgress?.(share, "stock kernels on cpu, layer by layer");
  const reference = await timed(() => onCpu(current, pixels, signal, onLayer));
  return {
    runs: runs.map(({ kernels, logits, ms }) => ({
      backend: backend.name,
      kernels,
      ms,
      difference: deviationsApart(logits, reference.logits),
    })),
    reference: { backend: "cpu", kernels: "stock", ms: reference.ms },
  };
}

async function timed(forward: () => Promise<Float32Array>): Promise<Outcome> {
  const start = performance.now();
  const logits = await forward();
  return { logits, ms: performance.now() - start };
}

/** The logits of TensorFlow.js's plain JavaScript; `onLayer` hears the share of the layers that is done. */
async function onCpu(
  current: CurrentNetwork,
  pixels: Float32Array,
  signal: AbortSignal,
  onLayer: (share: number) => void,
): Promise<Float32Array> {
  const present = tf.getBackend();
  await tf.setBackend("cpu");
  try {
    return await byLayer(current, pixels, signal, onLayer);
  } finally {
    await tf.setBackend(present);
  }
}

async function byLayer(
  { graph, tensors }: CurrentNetwork,
  pixels: Float32Array,
  signal: AbortSignal,
  onLayer: (share: number) => void,
): Promise<Float32Array> {
  const built = buildStock(graph, tensors, networkDevice()).network;
  const input = built.inputOf(pixels, 1);
  const walk = built.network.walk(input);
  try {
    let done = 0;
    for (let next = walk.next(); ; next = walk.next()) {
      if (next.done) {
        const logits = (await next.value.logits.data()) as Float32Array;
        next.value.logits.dispose();
        return logits;
      }
      onLayer(done / graph.nodes.length);
      done += 1;
      await letMessagesIn();
      signal.throwIfAborted();
    }
  } finally {
    // Ends the walk where it was left, which frees what it holds.
    walk.return(undefined as never);
    input.dispose();
    built.dispose();
  }
}

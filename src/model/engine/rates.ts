/** @file What the running backend can do at its best: for the roofline. */
import * as tf from "@tensorflow/tfjs-core";
import { macsOf } from "../analysis/cost.ts";
import { GraphBuilder } from "../graph/builder.ts";
import type { LayerGraph } from "../graph/types.ts";
import { dispatchCopy } from "../kernels/copy.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import type { BackendInfo } from "../runtime/backends.ts";
import { type NetworkDevice, networkDevice, prepareNetwork } from "../runtime/build.ts";
import type { FusedDevice } from "../runtime/fused.ts";
import { Recording } from "../runtime/recording.ts";
import { commandTimer, timeOperations } from "../runtime/timing.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import type { DeviceRates, OnProgress } from "./api.ts";
import type { Started } from "./started.ts";

interface Watcher {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
}

/** Of which the fastest counts: what a rate measured too low says is only that something else ran. */
const trials = 3;

/** Measures both rates with the kernels that networks run with. @throws the signal's reason; EngineError */
export async function measureRates(backend: Started, { signal, onProgress }: Watcher): Promise<DeviceRates> {
  const best = async (from: number, what: string, trial: () => Promise<number>) => {
    let most = 0;
    for (let done = 0; done < trials; done++) {
      onProgress?.(from + (0.5 * done) / trials, what);
      signal.throwIfAborted();
      most = Math.max(most, await trial());
    }
    backend.check();
    return most;
  };
  const product = productOf(backend.info);
  const macsPerSecond = await best(0, "timing a matrix product", () =>
    productRate(product, backend.device, signal),
  );
  const copy = await copyOf(backend);
  try {
    const bytesPerSecond = await best(0.5, "timing a copy", copy.rate);
    return { backend: backend.info, macsPerSecond, bytesPerSecond };
  } finally {
    copy.dispose();
  }
}

interface Product {
  /** Pixels of a side; every pixel is a row of the product. */
  readonly side: number;
  readonly channels: number;
}

/** Large enough to keep the device busy, small enough to be done within a second where it is slow. */
function productOf({ name, isSoftware }: BackendInfo): Product {
  switch (name) {
    case "webgpu":
      return isSoftware ? { side: 32, channels: 512 } : { side: 64, channels: 1024 };
    case "wasm":
      return { side: 32, channels: 512 };
    case "cpu":
      return { side: 16, channels: 256 };
    default:
      return name satisfies never;
  }
}

/** A network of one pointwise convolution. */
function productGraph({ side, channels }: Product): LayerGraph {
  const builder = new GraphBuilder();
  const output = builder.group({ id: "product", kind: "stem" }, () =>
    builder.linear("matmul", builder.input("input", channels, side), channels),
  );
  return builder.build(output);
}

/** Multiply-accumulates a second of the product as the backend's fastest kernels run it. */
async function productRate(product: Product, present: NetworkDevice, signal: AbortSignal): Promise<number> {
  const graph = productGraph(product);
  const { side, channels } = product;
  const device = networkDevice(present.fused?.tiles);
  const { network } = (await prepareNetwork(graph, device)).build(seededWeights(graph));
  try {
    const pixels = toChannelsLast(seededInput(side, 1, channels), [1, channels, side, side]);
    const { msById } = await timeOperations(network, pixels, { signal, onProgress: () => undefined });
    const macs = graph.nodes.reduce((sum, node) => sum + macsOf(node), 0);
    return (1000 * macs) / (msById.get(graph.output) ?? Number.POSITIVE_INFINITY);
  } finally {
    network.dispose();
    device.fused?.arena.dispose();
  }
}

interface Copy {
  /** Bytes a second, read and written. */
  readonly rate: () => Promise<number>;
  readonly dispose: () => void;
}

/** Of one buffer: far more than any cache holds. */
const copiedBytes = 2 ** 27;

function copyOf({ limits, device }: Started): Promise<Copy> {
  const bytes = Math.min(copiedBytes, limits.tensorBytes);
  return device.fused ? copyOnGpu(device.fused, bytes) : copyOnCpu(bytes);
}

async function copyOnGpu({ device, pipelines }: FusedDevice, bytes: number): Promise<Copy> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const source = device.createBuffer({ label: "copied", size: bytes, usage });
  const target = device.createBuffer({ label: "copy", size: bytes, usage });
  const command = { dispatch: dispatchCopy(bytes / 16), buffers: [target, source], work: 0 };
  const recording = await Recording.make(device, pipelines, [command], { source: target, bytes: 16 });
  const timer = await commandTimer(device);
  return {
    rate: async () => (1000 * 2 * bytes) / (await timer.time(recording, { first: 0, count: 1 })),
    dispose: () => {
      timer.dispose();
      recording.dispose();
      source.destroy();
      target.destroy();
    },
  };
}

/** By the sum of two tensors and by a plain copy, both of one thread: the faster counts. */
async function copyOnCpu(bytes: number): Promise<Copy> {
  const half = bytes / 2;
  const length = half / Float32Array.BYTES_PER_ELEMENT;
  const [source, target] = [new Float32Array(length).fill(1), new Float32Array(length)];
  const [a, b] = [tf.ones([length]), tf.ones([length])];
  const rateOf = (moved: number, move: () => void) => {
    const start = performance.now();
    move();
    return (1000 * moved) / Math.max(performance.now() - start, 1e-3);
  };
  return {
    rate: async () =>
      Math.max(
        rateOf(2 * half, () => target.set(source)),
        rateOf(3 * half, () => tf.add(a, b).dispose()),
      ),
    dispose: () => tf.dispose([a, b]),
  };
}

/** @file A network that takes part in a measurement: built on a device of its own, so that it shares nothing. */

import type { ColdStart } from "../benchmark/measurement.ts";
import type { AnyNetwork } from "../graph/network.ts";
import { graphOf, inputOf } from "../graph/network.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import { type NetworkDevice, networkDevice, prepareNetwork } from "../runtime/build.ts";
import { FusedNetwork } from "../runtime/fused.ts";
import type { Recording } from "../runtime/recording.ts";
import type { KernelChoice, RunnableNetwork } from "../runtime/runnable.ts";
import { deviceIdle } from "../runtime/timing.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";

export class Contestant {
  /** As it is told apart in the measurement. */
  readonly name: string;
  readonly network: RunnableNetwork;
  readonly building: Omit<ColdStart, "firstMs">;
  readonly #device: NetworkDevice;
  /** `[batch, H, W, C]`. */
  readonly pixels: Float32Array;
  readonly #batch: number;

  private constructor(name: string, { network, building, device, pixels, batch }: Built) {
    this.name = name;
    this.network = network;
    this.building = building;
    this.#device = device;
    this.pixels = pixels;
    this.#batch = batch;
  }

  /**
   * Builds the network with seeded weights; the fastest kernels that it can have where `kernels` is absent.
   * @throws EngineError; KernelError; nothing stays allocated then.
   */
  static async build({ name, architecture, batch, kernels, present }: Entry): Promise<Contestant> {
    const device = networkDevice(present.fused?.tiles);
    const lowering = performance.now();
    const graph = graphOf(architecture);
    const loweringMs = performance.now() - lowering;
    // Making weights up is no part of a start. They are large, and free again once they are on the device.
    const weights = seededWeights(graph);
    const start = performance.now();
    const prepared = await prepareNetwork(graph, device, kernels);
    const { network } = prepared.build(weights);
    await deviceIdle();
    const buildMs = loweringMs + performance.now() - start;
    const { imageSize: size, inChannels: channels } = inputOf(architecture);
    const pixels = toChannelsLast(seededInput(size, batch, channels), [batch, channels, size, size]);
    const building = { buildMs, compiled: prepared.compiled };
    return new Contestant(name, { network, building, device, pixels, batch });
  }

  async run(): Promise<void> {
    await this.network.run(this.pixels, this.#batch);
  }

  /** The commands of its forward, where it has any. */
  readonly recording = async (): Promise<Recording | undefined> =>
    this.network instanceof FusedNetwork ? this.network.recording(this.#batch) : undefined;

  dispose(): void {
    this.network.dispose();
    this.#device.fused?.arena.dispose();
  }
}

interface Entry {
  readonly name: string;
  readonly architecture: AnyNetwork;
  readonly batch: number;
  readonly kernels: KernelChoice | undefined;
  /** What predictions run on: its tiles are taken over. */
  readonly present: NetworkDevice;
}

interface Built extends Pick<Contestant, "network" | "building" | "pixels"> {
  readonly device: NetworkDevice;
  readonly batch: number;
}

/**
 * @file A network that runs, with the weights in it, and its stock twin, which is built only where single layers are asked
 * for. It lives until the last who holds it lets go: a task goes on with its network though an edit has put another one in
 * its place.
 */
import { type DeviceLimits, type Need, needOf } from "../analysis/limits.ts";
import type { Architecture } from "../architecture/schema.ts";
import type { LayerGraph } from "../graph/types.ts";
import { buildStock, type NetworkDevice, prepareNetwork } from "../runtime/build.ts";
import { EngineError, engineErrorCode } from "../runtime/errors.ts";
import { LayerwiseNetwork } from "../runtime/layerwise.ts";
import type { RunnableNetwork } from "../runtime/runnable.ts";
import { type Variant, variantsWith } from "../runtime/variants.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import type { Answer, Feature, Provenance, RunResult } from "./api.ts";
import { readFeature } from "./features.ts";
import { formatOf, type InputFormat } from "./input.ts";
import { checkRoom } from "./room.ts";
import type { LoadedWeights } from "./weights.ts";

interface Built {
  readonly architecture: Architecture;
  readonly graph: LayerGraph;
  /** Those that were carried over into it. */
  readonly weights: LoadedWeights;
  readonly tensors: TensorMap;
  readonly network: RunnableNetwork;
  readonly provenance: Provenance;
}

export class CurrentNetwork {
  readonly architecture: Architecture;
  readonly graph: LayerGraph;
  readonly weights: LoadedWeights;
  readonly provenance: Provenance;
  readonly tensors: TensorMap;
  readonly network: RunnableNetwork;
  readonly #device: NetworkDevice;
  #stock: LayerwiseNetwork | undefined;
  #holders = 1;

  /** Whoever makes it holds it. */
  constructor({ architecture, graph, weights, tensors, network, provenance }: Built, device: NetworkDevice) {
    this.architecture = architecture;
    this.graph = graph;
    this.weights = weights;
    this.provenance = provenance;
    this.network = network;
    this.tensors = tensors;
    this.#device = device;
  }

  /** `value` as an answer of it. */
  answer<T>(value: T): Answer<T> {
    return { architecture: this.architecture, weights: this.weights.info.identity, value };
  }

  /** Memory that it and its stock twin take. */
  get need(): Need {
    return needOf(this.graph, { batch: 1, isStock: this.#stock !== undefined });
  }

  /** @throws EngineError `overLimits` where the device has no room for this `forward`. */
  checkRoom(limits: DeviceLimits, batch: number, ids: readonly string[]): void {
    // It was built for this much.
    if (batch === 1 && ids.length === 0) return;
    const kernels = [this.network.kernels, ...(ids.length > 0 ? (["stock"] as const) : [])];
    checkRoom(limits, { networks: [this.architecture], batch, kernels, kept: ids });
  }

  /** How a picture is prepared for it. */
  get format(): InputFormat {
    return formatOf(this.architecture, this.weights);
  }

  /** Other ways to run it that the device may have. */
  variants(): readonly Variant[] {
    const { fused } = this.#device;
    return fused ? variantsWith(fused.device.features) : [];
  }

  /** Itself, run in another way; undefined where the device does not pass the check of it. The caller disposes of it. */
  async variant(kernels: Variant): Promise<RunnableNetwork | undefined> {
    try {
      return (await prepareNetwork(this.graph, this.#device, kernels)).build(this.tensors).network;
    } catch (error) {
      if (engineErrorCode(error) === "unavailable") return undefined;
      throw error;
    }
  }

  /** Layer by layer, as trained. */
  stock(): LayerwiseNetwork {
    if (this.network instanceof LayerwiseNetwork && this.network.kernels === "stock") return this.network;
    this.#stock ??= buildStock(this.graph, this.tensors, this.#device).network;
    return this.#stock;
  }

  /**
   * `pixels` are `[batch, size, size, channels]`; `ids` those of nodes or groups whose outputs are wanted: with any, the
   * stock network runs.
   * @throws EngineError `badInput` for an id that is none.
   */
  async forward(
    pixels: Float32Array,
    batch: number,
    ids: readonly string[],
  ): Promise<Omit<RunResult, "top">> {
    if (ids.length === 0) {
      return { logits: rows(await this.network.run(pixels, batch), batch), features: new Map() };
    }
    const outputs = new Map(ids.map((id) => [id, this.#outputOf(id)]));
    const { logits, kept } = this.stock().forward(pixels, batch, new Set(outputs.values()));
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    const read = new Map<string, Feature>();
    for (const [id, tensor] of kept) read.set(id, await readFeature(tensor));
    return {
      logits: rows(values, batch),
      features: new Map([...outputs].flatMap(([id, output]) => entry(id, read.get(output)))),
    };
  }

  /** Keeps it alive while `use` runs. */
  async heldFor<T>(use: () => Promise<T>): Promise<T> {
    this.#holders += 1;
    try {
      return await use();
    } finally {
      this.release();
    }
  }

  /** Frees it once nobody holds it. */
  release(): void {
    this.#holders -= 1;
    if (this.#holders > 0) return;
    this.network.dispose();
    this.#stock?.dispose();
    this.#stock = undefined;
  }

  #outputOf(id: string): string {
    const node = this.graph.nodes.find((candidate) => candidate.id === id);
    const output = node?.id ?? this.graph.groups.find((group) => group.id === id)?.output;
    if (!output) throw new EngineError("badInput", `The network has no layer ${id}.`);
    return output;
  }
}

/** `[batch, classes]` as one array an image. */
export function rows(values: Float32Array, batch: number): readonly Float32Array[] {
  const classes = values.length / batch;
  return Array.from({ length: batch }, (_, n) => values.slice(n * classes, (n + 1) * classes));
}

function entry<K, V>(key: K, value: V | undefined): readonly [K, V][] {
  return value === undefined ? [] : [[key, value]];
}

/**
 * @file A network that can run: its steps in order, and the life of every tensor between them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { EngineError } from "./errors.ts";

/** One layer, or several fused into one. */
export interface Step {
  /** Id of the node whose output it gives. */
  readonly id: string;
  /** Ids of the steps it reads. */
  readonly inputs: readonly string[];
  /** Gives a tensor of its own, never one of `inputs`. */
  readonly run: (inputs: readonly tf.Tensor[]) => tf.Tensor;
}

/** Steps in topological order, after the input. */
export interface Plan {
  readonly input: string;
  readonly steps: readonly Step[];
  readonly output: string;
}

/** What a forward gives; the caller disposes of every tensor in it. */
export interface ForwardResult {
  /** `[N, numClasses]`. */
  readonly logits: tf.Tensor;
  /** Outputs that were asked for, by id: `[N, H, W, C]` of a map, `[N, C]` of a vector. */
  readonly kept: ReadonlyMap<string, tf.Tensor>;
}

export class Network {
  readonly #plan: Plan;
  readonly #lastUse: ReadonlyMap<string, number>;
  readonly #release: () => void;

  /** `release` frees the weights. */
  constructor(plan: Plan, release: () => void) {
    this.#plan = plan;
    this.#release = release;
    this.#lastUse = new Map(
      plan.steps.flatMap((step, index) => step.inputs.map((input) => [input, index] as const)),
    );
  }

  /** Ids whose outputs can be asked for. */
  has(id: string): boolean {
    return id === this.#plan.input || this.#plan.steps.some((step) => step.id === id);
  }

  /**
   * Runs every step on `input` (`[N, H, W, C]`, which stays the caller's). Between two steps only the tensors that a later
   * step reads, and those in `keep`, are alive. `around` sees each step run: timing wraps it.
   */
  forward(
    input: tf.Tensor,
    keep: ReadonlySet<string> = new Set(),
    around: (step: Step, run: () => tf.Tensor) => tf.Tensor = (_step, run) => run(),
  ): ForwardResult {
    const live = new Map<string, tf.Tensor>([[this.#plan.input, tf.clone(input)]]);
    try {
      for (const [index, step] of this.#plan.steps.entries()) {
        const inputs = step.inputs.map((id) => present(live, id));
        const output = around(step, () => tf.tidy(() => step.run(inputs)));
        live.set(step.id, output);
        for (const id of new Set(step.inputs)) {
          if (this.#lastUse.get(id) === index && !keep.has(id)) discard(live, id);
        }
      }
      const logits = present(live, this.#plan.output);
      const kept = new Map<string, tf.Tensor>();
      for (const id of keep) kept.set(id, id === this.#plan.output ? tf.clone(logits) : present(live, id));
      return { logits, kept };
    } catch (error) {
      for (const tensor of live.values()) tensor.dispose();
      throw error;
    }
  }

  dispose(): void {
    this.#release();
  }
}

function present(live: ReadonlyMap<string, tf.Tensor>, id: string): tf.Tensor {
  const tensor = live.get(id);
  if (!tensor) throw new EngineError("badInput", `This network has no layer ${id}.`);
  return tensor;
}

function discard(live: Map<string, tf.Tensor>, id: string): void {
  live.get(id)?.dispose();
  live.delete(id);
}

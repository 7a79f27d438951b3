/**
 * @file A network that can run: its steps in order, and the life of every tensor between them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { EngineError } from "./errors.ts";
import type { Operation } from "./runnable.ts";

/** One layer, or several fused into one. */
export interface Step extends Operation {
  /** Gives a tensor of its own, never one of `inputs`. */
  readonly run: (inputs: readonly tf.Tensor[]) => tf.Tensor;
}

/** Steps in topological order, after the input. */
export interface Plan {
  readonly input: string;
  readonly steps: readonly Step[];
  readonly output: string;
}

/** A step that is about to run; `run` can be called more often, and each result is the caller's. */
export interface PendingStep {
  readonly id: string;
  readonly run: () => tf.Tensor;
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

  get steps(): readonly Step[] {
    return this.#plan.steps;
  }

  /** Ids whose outputs can be asked for. */
  has(id: string): boolean {
    return id === this.#plan.input || this.#plan.steps.some((step) => step.id === id);
  }

  /**
   * Runs every step on `input` (`[N, H, W, C]`, which stays the caller's). Between two steps only the tensors that a later
   * step reads, and those in `keep`, are alive.
   */
  forward(input: tf.Tensor, keep: ReadonlySet<string> = new Set()): ForwardResult {
    const walk = this.walk(input, keep);
    for (;;) {
      const next = walk.next();
      if (next.done) return next.value;
    }
  }

  /** As `forward`, but stops before each step, so that it can be timed on the inputs that it will get. */
  *walk(
    input: tf.Tensor,
    keep: ReadonlySet<string> = new Set(),
  ): Generator<PendingStep, ForwardResult, void> {
    const live = new Map<string, tf.Tensor>([[this.#plan.input, tf.clone(input)]]);
    let finished = false;
    try {
      for (const [index, step] of this.#plan.steps.entries()) {
        const inputs = step.inputs.map((id) => present(live, id));
        const run = () => tf.tidy(() => step.run(inputs));
        yield { id: step.id, run };
        live.set(step.id, run());
        for (const id of new Set(step.inputs)) {
          if (this.#lastUse.get(id) === index && !keep.has(id)) discard(live, id);
        }
      }
      const logits = present(live, this.#plan.output);
      const kept = new Map<string, tf.Tensor>();
      for (const id of keep) kept.set(id, id === this.#plan.output ? tf.clone(logits) : present(live, id));
      finished = true;
      return { logits, kept };
    } finally {
      if (!finished) for (const tensor of live.values()) tensor.dispose();
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

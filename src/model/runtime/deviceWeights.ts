/**
 * @file Weights on the device, uploaded once.
 *
 * A weight is known by the array it was made from: while some network holds it, another that needs the same array in the
 * same form gets the tensor that is there. So a rebuild uploads only what changed.
 */
import * as tf from "@tensorflow/tfjs-core";

interface Entry {
  readonly tensor: tf.Tensor;
  readonly source: Float32Array;
  readonly form: string;
  holders: number;
}

/** What one network holds; releasing it frees the tensors that no other network holds. */
export interface WeightLease {
  /**
   * The tensor made from `source`. `form` names what `make` does, so that two forms of one array are kept apart.
   */
  get(source: Float32Array, form: string, make: (source: Float32Array) => tf.Tensor): tf.Tensor;
  readonly uploaded: number;
  readonly reused: number;
  release(): void;
}

export class DeviceWeights {
  readonly #entries = new Map<Float32Array, Map<string, Entry>>();

  lease(): WeightLease {
    const held: Entry[] = [];
    let uploaded = 0;
    let reused = 0;
    return {
      get: (source, form, make) => {
        let entry = this.#entries.get(source)?.get(form);
        if (entry) {
          reused += 1;
        } else {
          uploaded += 1;
          entry = { tensor: tf.keep(make(source)), source, form, holders: 0 };
          const forms = this.#entries.get(source) ?? new Map<string, Entry>();
          this.#entries.set(source, forms.set(form, entry));
        }
        entry.holders += 1;
        held.push(entry);
        return entry.tensor;
      },
      get uploaded() {
        return uploaded;
      },
      get reused() {
        return reused;
      },
      release: () => {
        for (const entry of held.splice(0)) this.#release(entry);
      },
    };
  }

  #release(entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders > 0) return;
    entry.tensor.dispose();
    const forms = this.#entries.get(entry.source);
    forms?.delete(entry.form);
    if (forms?.size === 0) this.#entries.delete(entry.source);
  }
}

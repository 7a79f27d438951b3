/**
 * @file Gives the same array again for the same rule, as long as anybody still holds it.
 *
 * The runtime knows an uploaded weight by its array, so what an edit leaves alone must stay the same object. The arrays are
 * held weakly: what no network uses any more costs no memory.
 */
import type { TensorMap } from "../tensorMap.ts";

/** The array that was made under this name, or what `make` gives. */
export type Memo = (name: string, make: () => Float32Array) => Float32Array;

const memos = new WeakMap<TensorMap, Map<string, WeakRef<Float32Array>>>();

/** One memory for each checkpoint. */
export function memoOf(source: TensorMap): Memo {
  const arrays = memos.get(source) ?? new Map<string, WeakRef<Float32Array>>();
  memos.set(source, arrays);
  for (const [name, array] of arrays) if (!array.deref()) arrays.delete(name);
  return (name, make) => {
    const known = arrays.get(name)?.deref();
    if (known) return known;
    const made = make();
    arrays.set(name, new WeakRef(made));
    return made;
  };
}

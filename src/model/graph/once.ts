/** @file Work that is done once for each value, such as lowering for each architecture: values never change in place. */

/** The same object gives the same result, as long as somebody holds the object. */
export function once<K extends object, T>(work: (of: K) => T): (of: K) => T {
  const done = new WeakMap<K, { readonly result: T }>();
  return (of) => {
    const known = done.get(of) ?? { result: work(of) };
    done.set(of, known);
    return known.result;
  };
}

/** @file WebAssembly without room says so, instead of computing nonsense. */
import { EngineError } from "./errors.ts";

/** Its types do not say all that Emscripten's module has. */
interface Allocator {
  /** Address of so many new bytes. */
  _malloc?: (bytes: number) => number;
}

const guarded = new WeakSet<object>();

/**
 * Where its memory is full, TensorFlow.js's WebAssembly takes address 0 for that of a tensor, and every such tensor lies on
 * all others. From here on that is an EngineError `outOfMemory`.
 */
export function refuseNullPointers({ wasm }: { readonly wasm: object }): void {
  const module = wasm as Allocator;
  const allocate = module._malloc;
  if (!allocate || guarded.has(module)) return;
  guarded.add(module);
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) {
      const mebibytes = Math.ceil(bytes / 2 ** 20).toLocaleString("en");
      throw new EngineError("outOfMemory", `WebAssembly has no room for ${mebibytes} MiB more.`);
    }
    return address;
  };
}

/**
 * @file Lets TensorFlow.js's threaded WebAssembly start from a bundle.
 *
 * Each of its threads loads the program's JavaScript again, for which TensorFlow.js takes the text of a function that is
 * already running. Minified, that text refers to names outside of the function, so the threads end with an error and the
 * start waits for them for ever. Here the function gives the text of the file that it comes from.
 */
import * as threaded from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js";
import source from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?raw";

/** Call before the backend starts. */
export function keepThreadSource(): void {
  const expression = `(() => { ${source}\nreturn WasmBackendModuleThreadedSimd; })()`;
  Object.defineProperty(threaded.default, "toString", { value: () => expression });
}

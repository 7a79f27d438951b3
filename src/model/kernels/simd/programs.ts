/** @file The SIMD programs on a memory: compiled once, instantiated by every thread. */
import { assemble, type MultiplyAdd, plainMultiplyAdd, relaxedMultiplyAdd } from "./assembler.ts";
import { type DepthwiseCall, depthwiseParameters, depthwiseProgram } from "./depthwise.ts";
import { type GatherCall, gatherParameters, gatherProgram } from "./gather.ts";
import { geluProgram } from "./gelu.ts";
import { addProgram, type MatmulCall, matmulParameters, matmulProgram } from "./matmul.ts";

export interface Programs {
  /** The memory as floats, as long as it is now. */
  floats(): Float32Array;
  /** Exact GELU in place, from one address to another: a multiple of 16 bytes. */
  gelu(start: number, end: number): void;
  /** Adds what lies from `other` on to the values from `start` to `end`: a multiple of 16 bytes. */
  addTo(start: number, end: number, other: number): void;
  matmul(call: MatmulCall): void;
  depthwise(call: DepthwiseCall): void;
  gather(call: GatherCall): void;
}

/** For a memory that is shared among threads, or not. */
export function compilePrograms(isShared: boolean): WebAssembly.Module {
  const bytes = (multiplyAdd: MultiplyAdd) =>
    assemble(
      [
        ...[geluProgram, depthwiseProgram, matmulProgram].map((write) => write(multiplyAdd)),
        addProgram,
        gatherProgram,
      ],
      isShared,
    );
  const relaxed = bytes(relaxedMultiplyAdd);
  return new WebAssembly.Module(WebAssembly.validate(relaxed) ? relaxed : bytes(plainMultiplyAdd));
}

type Run = (...parameters: readonly number[]) => void;

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Programs {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const [gelu, addTo] = [exports["gelu"] as Run, exports["addTo"] as Run];
  const [matmul, depthwise] = [exports["matmul"] as Run, exports["depthwise"] as Run];
  const gather = exports["gather"] as Run;
  return {
    floats: () => new Float32Array(memory.buffer),
    gelu,
    addTo,
    matmul: (call) => matmul(...matmulParameters.map((name) => call[name])),
    depthwise: (call) => depthwise(...depthwiseParameters.map((name) => call[name])),
    gather: (call) => gather(...gatherParameters.map((name) => call[name])),
  };
}

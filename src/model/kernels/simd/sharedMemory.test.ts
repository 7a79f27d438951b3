import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { assemble } from "./assembler.ts";
import { withSharedMemory } from "./sharedMemory.ts";

const simdBuild = createRequire(import.meta.url).resolve(
  "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
);

it("makes the memory of TensorFlow.js's build one that threads can share, and changes nothing else", () => {
  const bytes = readFileSync(simdBuild);
  const shared = withSharedMemory(bytes);
  expect(WebAssembly.validate(shared)).toBe(true);
  const changed = [...shared.entries()].filter(([index, byte]) => byte !== bytes[index]);
  expect(changed.map(([index, byte]) => byte - (bytes[index] ?? 0))).toEqual([2]);
});

it("gives a module whose memory really is shared", () => {
  // One page of memory, at most two, exported as "m".
  const module = Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...[5, 4, 1, 1, 1, 2],
    ...[7, 5, 1, 1, 0x6d, 2, 0],
  );
  const memoryOf = (bytes: BufferSource) =>
    new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports["m"] as WebAssembly.Memory;
  expect(memoryOf(module).buffer).toBeInstanceOf(ArrayBuffer);
  expect(memoryOf(withSharedMemory(module)).buffer).toBeInstanceOf(SharedArrayBuffer);
});

it("refuses a module without such a memory", () => {
  expect(() => withSharedMemory(assemble([], false))).toThrow("defines no memory");
  const withoutMaximum = Uint8Array.of(...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], ...[5, 3, 1, 0, 1]);
  expect(() => withSharedMemory(withoutMaximum)).toThrow("defines no memory");
});

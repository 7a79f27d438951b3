import { expect, it } from "vitest";
import { refuseNullPointers } from "./nullPointers.ts";

it("says that there is no room where an address is null, and passes others on", () => {
  let left = 100;
  const module = {
    _malloc: (bytes: number) => {
      left -= bytes;
      return left < 0 ? 0 : -4096;
    },
  };
  refuseNullPointers({ wasm: module });
  refuseNullPointers({ wasm: module });
  expect(module._malloc(60)).toBe(-4096);
  expect(() => module._malloc(60)).toThrow(
    expect.objectContaining({ name: "outOfMemory", message: "WebAssembly has no room for 1 MiB more." }),
  );
  expect(module._malloc(0)).toBe(0);
});

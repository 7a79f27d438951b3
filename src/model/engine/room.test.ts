import { expect, it } from "vitest";
import { needOf } from "../analysis/limits.ts";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { resnet50 } from "../graph/network.ts";
import { checkRoom, roomBeside } from "./room.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const mebibyte = 2 ** 20;
const need = needOf(lower(tiny), { batch: 1 });
const refused = (message: RegExp) =>
  expect.objectContaining({ name: "overLimits", message: expect.stringMatching(message) });

/** Room for so many of the network. */
const limitsFor = (networks: number) => ({ tensorBytes: 2 ** 30, totalBytes: networks * need.total });

it("lets networks through that fit together", () => {
  expect(() => checkRoom(limitsFor(2), { networks: [tiny, resnet50], batch: 1 })).not.toThrow();
});

it("refuses networks that fit one by one only", () => {
  const together = refused(/Together/);
  expect(() => checkRoom(limitsFor(2.5), { networks: [tiny, tiny, resnet50], batch: 1 })).toThrow(together);
  const heap = { ...limitsFor(9), heapBytes: 1.5 * need.device };
  expect(() => checkRoom(heap, { networks: [tiny, tiny], batch: 1 })).toThrow(together);
});

it("counts every kind of kernels, those of TensorFlow.js twice", () => {
  const load = { networks: [tiny], batch: 1 };
  expect(() => checkRoom(limitsFor(1), load)).not.toThrow();
  expect(() => checkRoom(limitsFor(1), { ...load, kernels: ["fused", "fused-f16"] })).toThrow(
    refused(/needs/),
  );
  expect(() => checkRoom(limitsFor(1.2), { ...load, kernels: ["stock"] })).toThrow(refused(/needs/));
  expect(() => checkRoom(limitsFor(2), { ...load, kernels: ["fused", "stock"] })).not.toThrow();
});

it("counts the outputs that are kept", () => {
  const load = { networks: [tiny], batch: 8, kernels: ["fused", "stock"] } as const;
  const { total } = needOf(lower(tiny), { batch: 8, isStock: true });
  const limits = { ...limitsFor(1), totalBytes: total };
  expect(() => checkRoom(limits, load)).not.toThrow();
  expect(() => checkRoom(limits, { ...load, kept: ["stages.0"] })).toThrow(refused(/needs/));
});

it("leaves less beside what stands already", () => {
  const limits = { ...limitsFor(1.5), heapBytes: 9 * need.device };
  const load = { networks: [tiny], batch: 1 };
  expect(() => checkRoom(roomBeside(limits, undefined), load)).not.toThrow();
  expect(() => checkRoom(roomBeside(limits, need), load)).toThrow(refused(/needs/));
  expect(roomBeside(limits, need).heapBytes).toBe(8 * need.device);
});

it("says of a single network which field makes it too large", () => {
  const limits = { ...limitsFor(9), tensorBytes: 16 * mebibyte };
  expect(() => checkRoom(limits, { networks: [tiny], batch: 64 })).toThrow(
    refused(/^batch: .* in one piece/),
  );
});

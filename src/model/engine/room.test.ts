import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { ArchitectureError } from "../architecture/schema.ts";
import { resnet50 } from "../graph/network.ts";
import { checkRoom } from "./room.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const mebibyte = 2 ** 20;

it("lets networks through that fit together", () => {
  const limits = { tensorBytes: 2 ** 30, totalBytes: 300 * mebibyte };
  // 107 MiB and 98 MiB of weights, and the feature maps of one.
  expect(() => checkRoom(limits, { networks: [tiny, resnet50], batch: 1 })).not.toThrow();
  expect(() =>
    checkRoom({ tensorBytes: 2 ** 30 }, { networks: [tiny], batch: 1, copies: 100 }),
  ).not.toThrow();
});

it("refuses networks that fit one by one only", () => {
  const limits = { tensorBytes: 2 ** 30, totalBytes: 300 * mebibyte };
  const refused = expect.objectContaining({ name: "overLimits" });
  expect(() => checkRoom(limits, { networks: [tiny, tiny, resnet50], batch: 1 })).toThrow(refused);
  expect(() => checkRoom(limits, { networks: [tiny], batch: 1, copies: 3 })).toThrow(refused);
});

it("says of a single network which field makes it too large", () => {
  const load = { networks: [tiny], batch: 64 };
  expect(() => checkRoom({ tensorBytes: 16 * mebibyte }, load)).toThrow(ArchitectureError);
});

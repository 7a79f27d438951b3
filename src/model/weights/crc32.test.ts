import { crc32 as reference } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { crc32 } from "./crc32.ts";

it("gives the check value of its catalogue, and nothing for nothing", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

it("agrees with Node's, at any length and alignment", () => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 200 }),
    fc.nat({ max: 7 }),
    (bytes, skipped) => crc32(bytes.subarray(skipped)) === reference(bytes.subarray(skipped)),
  );
  fc.assert(property);
});

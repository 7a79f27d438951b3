import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { encodePng } from "./png.ts";

it("writes the rows as they are, in chunks that say what they are", () => {
  const data = Uint8Array.from({ length: 2 * 3 * 3 }, (_, i) => 10 * i);
  const png = Buffer.from(encodePng({ width: 3, height: 2, data }));
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  // Length, name, width, height, bits, colour type, compression, filter, interlace, checksum.
  expect(png.subarray(8, 33).toString("hex")).toBe("0000000d49484452000000030000000208020000001216f14d");
  const length = png.readUInt32BE(33);
  expect(png.subarray(37, 41).toString()).toBe("IDAT");
  const rows = inflateSync(png.subarray(41, 41 + length));
  expect([...rows]).toEqual([0, ...data.subarray(0, 9), 0, ...data.subarray(9)]);
  expect(png.subarray(41 + length + 4).toString("hex")).toBe("0000000049454e44ae426082");
});

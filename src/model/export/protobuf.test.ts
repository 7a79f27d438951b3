import { describe, expect, it } from "vitest";
import { bytes, encode, float, integer, message, type Part, sizeOf, text } from "./protobuf.ts";

const hex = (...parts: readonly Part[]) => Buffer.from(encode(parts)).toString("hex");

describe("the wire format", () => {
  // The examples of protobuf.dev/programming-guides/encoding.
  it("writes the examples of its documentation", () => {
    expect(hex(integer(1, 150))).toBe("089601");
    expect(hex(text(2, "testing"))).toBe("120774657374696e67");
    expect(hex(message(3, [integer(1, 150)]))).toBe("1a03089601");
  });

  it("writes whole numbers beyond 32 bits", () => {
    expect(hex(integer(1, 0))).toBe("0800");
    expect(hex(integer(1, 127))).toBe("087f");
    expect(hex(integer(1, 128))).toBe("088001");
    expect(hex(integer(1, 2 ** 32))).toBe("088080808010");
    expect(hex(integer(1, Number.MAX_SAFE_INTEGER))).toBe("08ffffffffffffff0f");
  });

  it("writes two bytes for the tag of a field above 15", () => {
    expect(hex(integer(20, 1))).toBe("a00101");
  });

  it("writes floats little-endian, text as UTF-8", () => {
    expect(hex(float(2, 1))).toBe("150000803f");
    expect(hex(text(1, "é"))).toBe("0a02c3a9");
  });

  it("knows every size before it writes", () => {
    const long = bytes(1, new Uint8Array(300).fill(7));
    const nested = message(2, [long, integer(3, 1e12), message(4, []), float(5, 0.5)]);
    expect(sizeOf([nested])).toBe(3 + (1 + 2 + 300) + (1 + 6) + 2 + 5);
    const written = encode([nested, integer(1, 5)]);
    expect([...written.subarray(-2)]).toEqual([8, 5]);
    expect(written.buffer.byteLength).toBe(written.byteLength);
  });
});

/**
 * @file The protobuf wire format (protobuf.dev/programming-guides/encoding), as much of it as a writer needs.
 *
 * A message is a list of parts that know their size before they are written, so that a file of hundreds of megabytes
 * is one buffer of its exact size, filled once.
 */

/** Some bytes of a message: `write` puts exactly `size` of them at `at`. */
export interface Part {
  readonly size: number;
  readonly write: (target: Uint8Array, at: number) => void;
}

/** A whole number from 0 to 2^53 - 1: int32, int64, enum. */
export function integer(field: number, value: number): Part {
  const tag = tagOf(field, wireType.varint);
  return {
    size: varintSize(tag) + varintSize(value),
    write: (target, at) => writeVarint(target, writeVarint(target, at, tag), value),
  };
}

/** A float32. */
export function float(field: number, value: number): Part {
  const tag = tagOf(field, wireType.fixed32);
  return {
    size: varintSize(tag) + 4,
    write: (target, at) => {
      const place = writeVarint(target, at, tag);
      new DataView(target.buffer, target.byteOffset).setFloat32(place, value, true);
    },
  };
}

/** The bytes are read when the message is written, not copied before. */
export function bytes(field: number, value: Uint8Array): Part {
  return delimited(field, [{ size: value.length, write: (target, at) => target.set(value, at) }]);
}

export function text(field: number, value: string): Part {
  return bytes(field, new TextEncoder().encode(value));
}

/** A message inside a message. */
export function message(field: number, parts: readonly Part[]): Part {
  return delimited(field, parts);
}

/** A whole message, in a buffer of its exact size. */
export function encode(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(sizeOf(parts));
  writeAll(parts, target, 0);
  return target;
}

/** Bytes that `encode` would give. */
export function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((total, part) => total + part.size, 0);
}

const wireType = { varint: 0, delimited: 2, fixed32: 5 } as const;

function tagOf(field: number, type: number): number {
  return field * 8 + type;
}

function delimited(field: number, parts: readonly Part[]): Part {
  const tag = tagOf(field, wireType.delimited);
  const length = sizeOf(parts);
  return {
    size: varintSize(tag) + varintSize(length) + length,
    write: (target, at) => writeAll(parts, target, writeVarint(target, writeVarint(target, at, tag), length)),
  };
}

function writeAll(parts: readonly Part[], target: Uint8Array, at: number): void {
  let place = at;
  for (const part of parts) {
    part.write(target, place);
    place += part.size;
  }
}

/** Seven bits a byte, the lowest first. */
function varintSize(value: number): number {
  return value < 128 ? 1 : 1 + varintSize(Math.floor(value / 128));
}

/** Returns where the next byte goes. By division, since bit operators would cut a value to 32 bits. */
function writeVarint(target: Uint8Array, at: number, value: number): number {
  let place = at;
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) target[place++] = (rest % 128) + 128;
  target[place++] = rest;
  return place;
}

/** @file The bytes of a pickle, read from front to back. Numbers are little-endian but for floats, as the format has them. */
import { CheckpointError } from "../tensorMap.ts";

/** Longest name of a module or of what is in it. */
const maxNameBytes = 200;
/** Longest text; a checkpoint may note its arguments, or where it was trained. */
const maxTextBytes = 2 ** 20;

/** Every method moves on by what it reads. @throws CheckpointError `truncated` where that is not there. */
export class PickleBytes {
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8));
  }

  /** A whole number in two's complement, of this many bytes; a bigint where a number would not be exact. */
  integer(length: number): number | bigint {
    let value = 0n;
    for (const [i, byte] of this.#take(length).entries()) value |= BigInt(byte) << BigInt(8 * i);
    const signed = BigInt.asIntN(8 * length, value);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed;
  }

  text(length: number): string {
    const bytes = length < 0 ? undefined : this.#take(length);
    if (bytes && length <= maxTextBytes) return decode(bytes);
    throw new CheckpointError("notCheckpoint", `The pickle has a text of ${length} bytes.`);
  }

  /** Up to the end of a line. */
  line(): string {
    const rest = this.#bytes.subarray(this.position, this.position + maxNameBytes);
    const length = rest.indexOf(newline);
    if (length < 0 && rest.length === maxNameBytes) {
      throw new CheckpointError("notCheckpoint", "The pickle has a name without an end.");
    }
    const line = this.#take(length < 0 ? rest.length + 1 : length);
    this.position += 1;
    return decode(line);
  }

  #take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  #advance(length: number): number {
    const start = this.position;
    if (start + length > this.#bytes.length) {
      throw new CheckpointError(
        "truncated",
        `The pickle in the file ends after ${this.#bytes.length} bytes, too early.`,
      );
    }
    this.position = start + length;
    return start;
  }
}

const newline = 0x0a;

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/**
 * @file Writes zip files as PyTorch does (stored, sizes and checksum in a descriptor behind the content), and with what
 * other writers or an attacker may do instead.
 */
import { crc32 } from "./crc32.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the directory says instead of the truth; 0 is how PyTorch says that it computed none. */
  readonly crc32?: number;
  /** Where the directory says that it lies, instead of where it does. */
  readonly offset?: number;
}

/** @param zip64 Sizes and places are written in 64 bits, as for files over 4 GB. */
export function zipOf(members: readonly Member[], zip64 = false): Bytes {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let end = 0;
  const write = (part: Uint8Array) => {
    parts.push(part);
    end += part.length;
  };
  for (const member of members) {
    const { name, bytes, crc32: checksum = crc32(bytes), offset = end } = member;
    const nameBytes = new TextEncoder().encode(name);
    const padding = -(end + 30 + nameBytes.length + 4) & 63;
    write(
      fields(
        ["PK\x03\x04", 0, 0x808, 0, 0, 0].map(short),
        [0, 0, 0].map(long),
        [nameBytes.length, 4 + padding].map(short),
      ),
    );
    write(nameBytes);
    write(fields([short("FB"), short(padding)], [new Uint8Array(padding).fill(0x5a)]));
    write(bytes);
    write(fields(["PK\x07\x08", checksum, bytes.length, bytes.length].map(long)));
    const sizes = zip64 ? [wide, wide] : [bytes.length, bytes.length];
    const extra = zip64
      ? fields([short(1), short(24)], [bytes.length, bytes.length, offset].map(huge))
      : new Uint8Array();
    directory.push(
      fields(
        ["PK\x01\x02", 0, 0, 0x808, 0, 0, 0].map(short),
        [checksum, ...sizes].map(long),
        [nameBytes.length, extra.length, 0, 0, 0].map(short),
        [0, zip64 ? wide : offset].map(long),
        [nameBytes, extra],
      ),
    );
  }
  const start = end;
  for (const entry of directory) write(entry);
  const size = end - start;
  if (zip64) {
    const record = end;
    const counts = [members.length, members.length, size, start].map(huge);
    write(fields([long("PK\x06\x06"), huge(44), short(0), short(0), long(0), long(0)], counts));
    write(fields([long("PK\x06\x07"), long(0), huge(record), long(1)]));
  }
  const count = zip64 ? 0xffff : members.length;
  const place = zip64 ? [wide, wide] : [size, start];
  write(fields([long("PK\x05\x06"), ...[0, 0, count, count].map(short), ...place.map(long), short(0)]));
  return joined(parts);
}

/** "It stands in 64 bits elsewhere." */
const wide = 0xffffffff;

const short = (value: number | string) => number(value, 2);
const long = (value: number | string) => number(value, 4);
const huge = (value: number | string) => number(value, 8);

/** A little-endian number of this many bytes; signatures are text. */
function number(value: number | string, bytes: number): Bytes {
  if (typeof value === "string") return Uint8Array.from(value, (char) => char.charCodeAt(0));
  return Uint8Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
}

function fields(...groups: readonly (readonly Uint8Array[])[]): Bytes {
  return joined(groups.flat());
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

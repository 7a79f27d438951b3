/**
 * @file CRC-32 as zip has it (polynomial 0xedb88320, bits reversed), four bytes a step. Browsers have none, and fflate keeps
 * its own to itself.
 */

/** Row `k` holds the remainders of a byte that `k` bytes follow. */
const rows = 4;
const size = 256;
const table = remainders();

/** As an unsigned 32-bit number. */
export function crc32(bytes: Uint8Array): number {
  const whole = bytes.length - (bytes.length % rows);
  let crc = -1;
  let at = 0;
  for (; at < whole; at += rows) {
    crc ^=
      byte(bytes, at) |
      (byte(bytes, at + 1) << 8) |
      (byte(bytes, at + 2) << 16) |
      (byte(bytes, at + 3) << 24);
    crc =
      entry(3, crc & 0xff) ^
      entry(2, (crc >>> 8) & 0xff) ^
      entry(1, (crc >>> 16) & 0xff) ^
      entry(0, crc >>> 24);
  }
  for (; at < bytes.length; at++) crc = entry(0, (crc ^ byte(bytes, at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function remainders(): Int32Array {
  const values = new Int32Array(rows * size);
  for (let i = 0; i < size; i++) {
    let crc = i;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    values[i] = crc;
  }
  for (let i = size; i < values.length; i++) {
    const before = values[i - size] ?? 0;
    values[i] = (before >>> 8) ^ (values[before & 0xff] ?? 0);
  }
  return values;
}

function entry(row: number, index: number): number {
  return table[row * size + index] as number;
}

/** A byte that is there; a check for each would halve the speed. */
function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

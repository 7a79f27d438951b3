/** @file Makes a WebAssembly module's own memory one that threads can share. */

const memorySection = 5;
/** Bits of a memory's limits: they have a maximum; the memory is shared. */
const [hasMaximum, isShared] = [1, 2];

/**
 * A copy of the module whose memory is shared. That the memory has a maximum, which sharing needs, it must say already.
 * @throws Error for a module that defines no such memory.
 */
export function withSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(module);
  // After the magic number and the version: sections, each with its kind and length.
  for (let at = 8; at < bytes.length; ) {
    const kind = bytes[at];
    const { value: length, next: content } = unsignedAt(bytes, at + 1);
    if (kind === memorySection) {
      // One memory: a count of one byte, then its limits.
      const limits = bytes[content + 1] ?? 0;
      if (bytes[content] !== 1 || (limits & hasMaximum) === 0) break;
      bytes[content + 1] = limits | isShared;
      return bytes;
    }
    at = content + length;
  }
  throw new Error("The module defines no memory that has a maximum.");
}

/** Unsigned LEB128. */
function unsignedAt(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  throw new Error("A number in the module has no end.");
}

/**
 * @file SHA-256 in steps (FIPS 180-4), so that a download is hashed as it arrives. Web Crypto wants all bytes at once and
 * copies them, and is not there on pages without TLS.
 */

/** First 32 bits of the fractions of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const roundConstants = fractions(64, Math.cbrt);
const initialState = fractions(8, Math.sqrt);

export class Sha256 {
  readonly #state = Int32Array.from(initialState);
  readonly #words = new Int32Array(64);
  /** Bytes that do not fill a block yet. */
  readonly #rest = new Uint8Array(64);
  #length = 0;

  /** Adds bytes at the end. */
  update(bytes: Uint8Array): void {
    const used = this.#length % 64;
    this.#length += bytes.length;
    let at = 0;
    if (used > 0) {
      at = Math.min(64 - used, bytes.length);
      this.#rest.set(bytes.subarray(0, at), used);
      if (used + at < 64) return;
      this.#compress(this.#rest, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) this.#compress(bytes, at);
    this.#rest.set(bytes.subarray(at));
  }

  /** Lower-case hex. Nothing can be added after it. */
  digest(): string {
    const bits = BigInt(this.#length) * 8n;
    const padding = new Uint8Array(((119 - (this.#length % 64)) % 64) + 9);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(padding.length - 8, bits);
    this.update(padding);
    return [...this.#state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /** Adds the 64 bytes at `at`. Everything stays in signed 32-bit words, which engines keep in registers. */
  #compress(bytes: Uint8Array, at: number): void {
    const w = this.#words;
    const state = this.#state;
    for (let i = 0, from = at; i < 16; i++, from += 4) {
      w[i] =
        (get(bytes, from) << 24) |
        (get(bytes, from + 1) << 16) |
        (get(bytes, from + 2) << 8) |
        get(bytes, from + 3);
    }
    for (let i = 16; i < 64; i++) {
      const x = get(w, i - 15);
      const y = get(w, i - 2);
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (get(w, i - 16) + s0 + get(w, i - 7) + s1) | 0;
    }
    let a = get(state, 0);
    let b = get(state, 1);
    let c = get(state, 2);
    let d = get(state, 3);
    let e = get(state, 4);
    let f = get(state, 5);
    let g = get(state, 6);
    let h = get(state, 7);
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + get(roundConstants, i) + get(w, i)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = get(state, 0) + a;
    state[1] = get(state, 1) + b;
    state[2] = get(state, 2) + c;
    state[3] = get(state, 3) + d;
    state[4] = get(state, 4) + e;
    state[5] = get(state, 5) + f;
    state[6] = get(state, 6) + g;
    state[7] = get(state, 7) + h;
  }
}

/** An element that is there; a check for each would halve the speed. */
function get(values: Int32Array | Uint8Array, index: number): number {
  return values[index] as number;
}

function rotate(x: number, bits: number): number {
  return (x >>> bits) | (x << (32 - bits));
}

function fractions(count: number, root: (x: number) => number): Int32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}

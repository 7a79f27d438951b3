/** @file The bytes of a download as they arrive, checked against what was announced. */
import { Sha256 } from "./sha256.ts";
import { CheckpointError } from "./tensorMap.ts";

/** What a file should be, as far as is known. */
export interface Expected {
  readonly bytes?: number;
  /** Lower-case hex. */
  readonly sha256?: string;
}

export interface Downloaded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/** Enough of a hash to compare by eye. */
const shownDigits = 12;

/** Bytes behind the file, so that it can be moved within its buffer (`alignTensors`). */
const roomToAlign = 8;

/** One a download, over all its requests. */
export class Receiver {
  received = 0;
  total: number | undefined;
  readonly #url: string;
  readonly #expected: Expected;
  #hash = new Sha256();
  #buffer: Uint8Array<ArrayBuffer> | undefined;
  /** Where the size is unknown. */
  #chunks: Uint8Array[] = [];
  #announced: number | undefined;
  #version: Version = {};

  constructor(url: string, expected: Expected) {
    this.#url = url;
    this.#expected = expected;
  }

  /**
   * Takes the headers of an answer, which may continue what is there or start again. False where it does neither, being the
   * rest of something else: then nothing is there any more, and all of it is to be asked for.
   * @throws CheckpointError `unsupported` where the file is too large for this machine.
   */
  begin(response: Response): boolean {
    const part = partOf(response);
    const version = versionOf(response, part);
    if (response.status !== 206 || part.start === 0) this.#restart();
    else if ((part.start ?? this.received) !== this.received || !this.#isSame(version)) {
      this.#restart();
      return false;
    }
    if (this.received === 0) this.#version = version;
    const length = lengthOf(response);
    this.#announced = length === undefined ? undefined : this.received + length;
    this.total = this.#expected.bytes ?? this.#announced;
    if (!this.#buffer && this.#chunks.length === 0 && this.total !== undefined) this.#allocate(this.total);
    return true;
  }

  /** @throws CheckpointError `wrongHash` where more comes than the file has. */
  add(chunk: Uint8Array): void {
    if (this.#buffer && this.received + chunk.length > this.#buffer.length) {
      if (this.#expected.bytes !== undefined) {
        const what = `${nameOf(this.#url)} is longer than the published ${this.#expected.bytes} bytes.`;
        throw new CheckpointError("wrongHash", what);
      }
      // The announced length was that of a compressed answer.
      this.#chunks = [this.#buffer.subarray(0, this.received)];
      this.#buffer = undefined;
    }
    if (this.#buffer) this.#buffer.set(chunk, this.received);
    else this.#chunks.push(chunk);
    this.#hash.update(chunk);
    this.received += chunk.length;
  }

  /** False where the rest may be asked for. @throws CheckpointError `truncated` where the server says that this was all. */
  isWhole(): boolean {
    const { bytes } = this.#expected;
    // Where only the server knows the size, fetch itself fails on an answer that is cut off.
    if (bytes === undefined || this.received === bytes) return true;
    if (this.#announced === undefined || this.received < this.#announced) return false;
    const what = `${nameOf(this.#url)} has ${this.received} bytes on the server instead of ${bytes}.`;
    throw new CheckpointError("truncated", what);
  }

  /** @throws CheckpointError `wrongHash` */
  finish(): Downloaded {
    const sha256 = this.#hash.digest();
    if (this.#expected.sha256 !== undefined && sha256 !== this.#expected.sha256) {
      const [found, known] = [sha256, this.#expected.sha256].map((hash) => hash.slice(0, shownDigits));
      const what = `${nameOf(this.#url)} is not the published file: its SHA-256 begins with ${found}, not ${known}.`;
      throw new CheckpointError("wrongHash", what);
    }
    return { bytes: this.#buffer?.subarray(0, this.received) ?? joined(this.#chunks, this.received), sha256 };
  }

  /** Where the hash is known, it tells in the end. Servers need not name versions, nor show them to a page. */
  #isSame({ tag, size }: Version): boolean {
    if (this.#expected.sha256 !== undefined) return true;
    const { tag: earlierTag = tag, size: earlierSize = size } = this.#version;
    return (tag ?? earlierTag) === earlierTag && (size ?? earlierSize) === earlierSize;
  }

  #allocate(bytes: number): void {
    try {
      this.#buffer = new Uint8Array(new ArrayBuffer(bytes + roomToAlign), 0, bytes);
    } catch (error) {
      const what = `The file of ${bytes} bytes does not fit into this machine's memory.`;
      throw new CheckpointError("unsupported", what, { cause: error });
    }
  }

  #restart(): void {
    this.received = 0;
    this.#hash = new Sha256();
    this.#buffer = undefined;
    this.#chunks = [];
    this.#version = {};
  }
}

/** What tells a file from another one at its address. */
interface Version {
  readonly tag?: string;
  /** Of the whole file, in bytes. */
  readonly size?: number;
}

/** Which part of which whole an answer says that it is. */
interface Part {
  readonly start?: number;
  readonly size?: number;
}

function partOf({ headers }: Response): Part {
  const [, start, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("Content-Range") ?? "") ?? [];
  return {
    ...(start !== undefined && { start: Number(start) }),
    ...(size !== undefined && size !== "*" && { size: Number(size) }),
  };
}

function versionOf(response: Response, part: Part): Version {
  const tag = response.headers.get("ETag");
  const size = response.status === 206 ? part.size : lengthOf(response);
  return { ...(tag !== null && { tag }), ...(size !== undefined && { size }) };
}

/** Of a body as it is read; that of a compressed one is not told. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get("Content-Encoding") ? null : headers.get("Content-Length");
  return length === null ? undefined : Number(length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Last part of the path. */
export function nameOf(url: string): string {
  return new URL(url).pathname.split("/").at(-1) ?? url;
}

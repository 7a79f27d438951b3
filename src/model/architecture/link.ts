/**
 * @file Architectures in links: `1.` (the version of the encoding), then the JSON deflated, in base64url.
 *
 * A link holds the whole description, so it works on any host and needs no server.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import { type Architecture, ArchitectureError, architectureFromJson } from "./schema.ts";

const encodingVersion = "1";

/** An architecture's JSON is about 600 bytes; a link that unpacks to more than this is refused. */
const largestJson = 64 * 1024;

/** Text that is safe in a URL fragment, about 250 characters. */
export function encodeArchitecture(architecture: Architecture): string {
  const packed = deflateSync(strToU8(JSON.stringify(architecture)), { level: 9 });
  return `${encodingVersion}.${toBase64Url(packed)}`;
}

/** @throws ArchitectureError if the text is damaged, of another version, or describes no valid architecture. */
export function decodeArchitecture(text: string): Architecture {
  const [version, body] = text.split(".", 2);
  if (body === undefined || version === undefined) throw damaged("it is not complete");
  if (version !== encodingVersion)
    throw damaged(`its version is ${version}, this app reads ${encodingVersion}`);
  return architectureFromJson(strFromU8(inflate(fromBase64Url(body))));
}

function inflate(packed: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    length += chunk.length;
    if (length > largestJson) throw damaged("it unpacks to far more than an architecture");
    chunks.push(chunk);
    ended ||= final;
  });
  try {
    // Small steps, so that a hostile link cannot unpack to gigabytes before its length is seen.
    for (let start = 0; start < packed.length; start += 1024) {
      stream.push(packed.subarray(start, start + 1024), start + 1024 >= packed.length);
    }
  } catch (error) {
    throw error instanceof ArchitectureError ? error : damaged("its compressed part cannot be read");
  }
  if (!ended) throw damaged("it is cut off");
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw damaged("it has characters that no link has");
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function damaged(why: string): ArchitectureError {
  return new ArchitectureError([{ path: "", message: `This link cannot be read: ${why}` }]);
}

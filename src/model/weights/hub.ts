/**
 * @file Addresses on the weights hub (Hugging Face), and the hash that it announces for a file.
 */
import { type DownloadOptions, download } from "./download.ts";
import type { HubFile } from "./manifest.ts";
import { CheckpointError } from "./tensorMap.ts";

/** Base address of the public hub. */
export const publicHub = "https://huggingface.co";

/** Where the file is; the hub redirects from there. `hub` is the base address. */
export function resolveUrl(hub: string, file: HubFile): string {
  return urlOf(hub, file, "resolve");
}

/** Size and hash of a file. */
export interface Pointer {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Asks the hub for the Git LFS pointer of a file, which stands in for it in the repository.
 * @throws CheckpointError as `download` does; `wrongHash` where there is no pointer.
 */
export async function fetchPointer(
  hub: string,
  file: HubFile,
  options: DownloadOptions = {},
): Promise<Pointer> {
  const { bytes } = await download(urlOf(hub, file, "raw"), {}, options);
  const text = new TextDecoder().decode(bytes.subarray(0, 1000));
  const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = Number(/^size (\d+)$/m.exec(text)?.[1]);
  if (sha256 && Number.isSafeInteger(size)) return { sha256, bytes: size };
  throw new CheckpointError(
    "wrongHash",
    `The hub announces no SHA-256 for ${file.repo}, so the file can't be checked.`,
  );
}

function urlOf(hub: string, { repo, revision, file }: HubFile, view: "resolve" | "raw"): string {
  return `${hub.replace(/\/+$/, "")}/${repo}/${view}/${revision}/${file}`;
}

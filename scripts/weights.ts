/**
 * @file `npm run weights -- NAME...`: puts official checkpoints into public/weights/, so that the app finds them on its own
 * host and needs no hub.
 *
 * Browsers can't read the official GitHub release (it sends no CORS headers); this script can.
 */
import { readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { isFixed } from "../src/model/graph/network.ts";
import { readCheckpoint } from "../src/model/weights/checkpoint.ts";
import { type DownloadOptions, download } from "../src/model/weights/download.ts";
import { fetchPointer, publicHub, resolveUrl } from "../src/model/weights/hub.ts";
import { type ManifestEntry, parseManifest } from "../src/model/weights/manifest.ts";
import type { Downloaded } from "../src/model/weights/receiver.ts";
import { recogniseArchitecture } from "../src/model/weights/recognise.ts";
import { Sha256 } from "../src/model/weights/sha256.ts";
import { bytesSource } from "../src/model/weights/source.ts";
import { CheckpointError } from "../src/model/weights/tensorMap.ts";
import { formatManifest, withLocalFile } from "./weightsManifest.ts";

const help = `npm run weights -- [options] NAME...

Puts checkpoints into public/weights/ and notes them in its manifest.json.

NAME        atto, tiny, small, base, base_384, convnext_atto, convnext_tiny, resnet50, or an id of the manifest
NAME=FILE   takes this file instead of fetching one
--github    takes InceptionNeXt from the official GitHub release instead of the hub
--hub URL   another hub than ${publicHub}
`;

/** Where things are; tests have other places. */
export interface Places {
  readonly folder: string;
  readonly hub: string;
  readonly github: string;
}

const publicGithub = "https://github.com";

/** File names in the release https://github.com/sail-sg/inceptionnext/releases/tag/model. */
const released: ReadonlyMap<string, string> = new Map([
  ["inception_next_atto.sail_in1k", "inceptionnext_atto.pth"],
  ["inception_next_tiny.sail_in1k", "inceptionnext_tiny.pth"],
  ["inception_next_small.sail_in1k", "inceptionnext_small.pth"],
  ["inception_next_base.sail_in1k", "inceptionnext_base.pth"],
  ["inception_next_base.sail_in1k_384", "inceptionnext_base_384.pth"],
]);

/** One checkpoint to put there. */
export interface Wanted {
  /** Short name, or id in the manifest. */
  readonly name: string;
  /** A local file to take. */
  readonly file?: string;
  readonly github: boolean;
}

/**
 * Fetches, verifies and writes one checkpoint and notes it in the manifest.
 * @returns what was done, in a sentence.
 * @throws CheckpointError with the next step; Error for a name or a file that does not exist.
 */
export async function putWeights(
  wanted: Wanted,
  places: Places,
  options: DownloadOptions = {},
): Promise<string> {
  const manifestPath = join(places.folder, "manifest.json");
  const manifest = parseManifest(JSON.parse(await readFile(manifestPath, "utf8")));
  const entry = manifest.entries.find(({ id }) => id === wanted.name || shortName(id) === wanted.name);
  if (!entry) {
    const known = manifest.entries.map(({ id }) => shortName(id)).join(", ");
    throw new Error(`There is no checkpoint ${wanted.name}. Known: ${known}.`);
  }
  const { bytes, sha256, from } = await obtain(entry, wanted, places, options);
  await verify(entry, bytes);
  const file = `${entry.id}${extname(from)}`;
  await writeFile(join(places.folder, file), bytes);
  const local = { file, fileBytes: bytes.length, fileSha256: sha256 };
  await writeFile(manifestPath, formatManifest(withLocalFile(manifest, entry.id, local)));
  return `${entry.id}: ${(bytes.length / 1e6).toFixed(1)} MB from ${from} are in ${places.folder}.`;
}

/** `atto` for `inception_next_atto.sail_in1k`, `base_384` for `inception_next_base.sail_in1k_384`. */
function shortName(id: string): string {
  const [architecture = id, tag = ""] = id.split(".");
  return architecture.replace(/^inception_next_/, "") + (/_\d+$/.exec(tag)?.[0] ?? "");
}

interface Obtained extends Downloaded {
  /** Address or path. */
  readonly from: string;
}

async function obtain(
  entry: ManifestEntry,
  wanted: Wanted,
  places: Places,
  options: DownloadOptions,
): Promise<Obtained> {
  if (wanted.file !== undefined) {
    const bytes = new Uint8Array(await readFile(wanted.file));
    const hash = new Sha256();
    hash.update(bytes);
    return { bytes, sha256: hash.digest(), from: wanted.file };
  }
  if (!wanted.github && entry.hub) {
    try {
      const from = resolveUrl(places.hub, entry.hub);
      const { bytes, sha256 } = entry;
      const pinned = { ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }) };
      const expected = sha256 === undefined ? await fetchPointer(places.hub, entry.hub) : pinned;
      return { ...(await download(from, expected, options)), from };
    } catch (error) {
      const isAbsent = error instanceof CheckpointError && absent.has(error.code);
      if (!isAbsent || !released.has(entry.id)) throw error;
      console.error(`${error.message.split(". ")[0]}. Trying the GitHub release.`);
    }
  }
  const name = released.get(entry.id);
  if (name === undefined)
    throw new Error(`${entry.id} is not in the official GitHub release; leave out --github.`);
  const from = `${places.github}/sail-sg/inceptionnext/releases/download/model/${name}`;
  return { ...(await download(from, {}, options)), from };
}

const absent: ReadonlySet<string> = new Set(["offline", "unavailable", "refused", "notFound"]);

/** The release and local files have no published hash: they must at least hold exactly the network that they are named for. */
async function verify(entry: ManifestEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { tensors } = await readCheckpoint(bytesSource(bytes));
  const { imageSize } = entry.preprocessing;
  const { architecture, missing, extra, misshaped } = recogniseArchitecture(tensors, { imageSize });
  const wrong = [...missing, ...extra, ...misshaped.map(({ key }) => key)];
  if (wrong.length === 0 && isDeepStrictEqual(withoutName(architecture), withoutName(entry.architecture)))
    return;
  const why = wrong.length > 0 ? `${wrong.slice(0, 3).join(", ")} don't fit` : "it is another one";
  throw new CheckpointError("wrongArchitecture", `The file does not hold the network ${entry.id}: ${why}.`);
}

function withoutName(architecture: ManifestEntry["architecture"]): unknown {
  if (isFixed(architecture)) return architecture;
  const { name: _, ...rest } = architecture;
  return rest;
}

async function main(args: readonly string[]): Promise<number> {
  const options = {
    github: { type: "boolean" },
    hub: { type: "string" },
    help: { type: "boolean" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help || positionals.length === 0) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const places: Places = {
    folder: join(import.meta.dirname, "../public/weights"),
    hub: values.hub ?? publicHub,
    github: publicGithub,
  };
  let failed = 0;
  for (const positional of positionals) {
    const [name = "", ...file] = positional.split("=");
    const wanted = { name, github: values.github ?? false, ...(file.length > 0 && { file: file.join("=") }) };
    try {
      console.log(await putWeights(wanted, places, { onReceived: progressOf(name) }));
    } catch (error) {
      failed += 1;
      console.error(`${name}: ${(error as Error).message}`);
    }
  }
  return failed > 0 ? 1 : 0;
}

/** A line that counts up, on a terminal. */
function progressOf(name: string): (received: number, total: number | undefined) => void {
  return (received, total) => {
    if (!process.stderr.isTTY) return;
    const part = total === undefined ? "" : ` of ${(total / 1e6).toFixed(1)}`;
    process.stderr.write(
      `\r${name}: ${(received / 1e6).toFixed(1)}${part} MB ${received === total ? "\n" : ""}`,
    );
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}

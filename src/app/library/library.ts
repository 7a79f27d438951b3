/** @file The checkpoints that the app knows of, and which of them suits an architecture. */
import type { Architecture } from "../../model/architecture/schema.ts";
import { isFixed } from "../../model/graph/network.ts";
import { largeDownload } from "../../model/weights/load.ts";
import { type Manifest, type ManifestEntry, parseManifest, sizeOf } from "../../model/weights/manifest.ts";
import { sameNetwork } from "../network/sameNetwork.ts";

/** An entry whose network can be edited; ResNet-50 is only a fixed baseline. */
export type LibraryEntry = ManifestEntry & { readonly architecture: Architecture };

/** @throws Error with a sentence that can be shown if the list is missing or damaged. */
export async function fetchLibrary(): Promise<readonly LibraryEntry[]> {
  const response = await fetch(new URL("weights/manifest.json", document.baseURI)).catch(() => undefined);
  if (!response?.ok) throw new Error("The list of checkpoints, weights/manifest.json, is not on this host.");
  return editable(parseManifest(await response.json()));
}

/** The entries whose networks can be edited. One without a name takes its id's first part. */
function editable({ entries }: Manifest): readonly LibraryEntry[] {
  return entries.flatMap((entry) => {
    const { architecture } = entry;
    if (isFixed(architecture)) return [];
    const [name = entry.id] = entry.id.split(".");
    return [{ ...entry, architecture: { ...architecture, name: architecture.name ?? name } }];
  });
}

/** The checkpoint that lies beside the page and needs no internet. */
export function bundledIn(library: readonly LibraryEntry[]): LibraryEntry | undefined {
  return library.find((entry) => entry.testSet && entry.file) ?? library.find((entry) => entry.file);
}

/** The checkpoint that was trained in exactly this architecture. */
export function trainedIn(
  library: readonly LibraryEntry[],
  architecture: Architecture,
): LibraryEntry | undefined {
  return library.find((entry) => sameNetwork(entry.architecture, architecture));
}

/** Whether it asks before it is fetched. A file on this host is the host's own affair. */
export function isLarge(entry: LibraryEntry): boolean {
  return entry.file === undefined && (sizeOf(entry) ?? 0) > largeDownload;
}

/** Whether the manifest knows the hash of the file that is fetched. */
export function isPinned({ file, sha256, fileSha256 }: LibraryEntry): boolean {
  return (file === undefined ? sha256 : (fileSha256 ?? sha256)) !== undefined;
}

/**
 * The checkpoint of which most should carry over into an edited architecture, among those that need not ask first;
 * undefined where all are strangers to it.
 */
export function nearestTo(
  library: readonly LibraryEntry[],
  architecture: Architecture,
): LibraryEntry | undefined {
  const ranked = library
    .filter((entry) => !isLarge(entry))
    .map((entry) => ({ entry, score: kinship(entry.architecture, architecture) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  return ranked[0]?.entry;
}

/** Points for what two networks have in common; 0 where next to nothing could carry over. */
function kinship(a: Architecture, b: Architecture): number {
  if (a.norm !== b.norm || a.inChannels !== b.inChannels) return 0;
  const stages = a.stages.map((stage, index) => {
    const other = b.stages[index];
    if (!other || stage.dim !== other.dim) return 0;
    return 4 + Number(stage.depth === other.depth) + Number(stage.tokenMixer.kind === other.tokenMixer.kind);
  });
  const points = stages.reduce((sum, score) => sum + score, 0);
  return points === 0 ? 0 : points + 2 * Number(a.numClasses === b.numClasses);
}

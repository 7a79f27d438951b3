/** @file Notes files in public/weights/manifest.json, in a form that gives small diffs. */
import type { Manifest, ManifestEntry } from "../src/model/weights/manifest.ts";

/** The manifest with a file on this host for one entry. */
export function withLocalFile(
  { version, entries }: Manifest,
  id: string,
  local: Required<Pick<ManifestEntry, "file" | "fileBytes" | "fileSha256">>,
): Manifest {
  return { version, entries: entries.map((entry) => (entry.id === id ? { ...entry, ...local } : entry)) };
}

/** What fits on a line stays on one. */
export function formatManifest(manifest: Manifest): string {
  return `${format(manifest, 0)}\n`;
}

const lineLength = 150;

function format(value: unknown, depth: number): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || line.length <= lineLength - 2 * depth) return line;
  const indent = `\n${"  ".repeat(depth + 1)}`;
  const end = `\n${"  ".repeat(depth)}`;
  if (Array.isArray(value)) {
    return `[${value.map((item) => indent + format(item, depth + 1)).join(",")}${end}]`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${indent}${JSON.stringify(key)}: ${format(member, depth + 1)}`,
  );
  return `{${members.join(",")}${end}}`;
}

/** @file Which of the three things that the page takes a file is. */

export type FileKind = "picture" | "checkpoint" | "architecture" | "unknown";

const kindByExtension: Readonly<Record<string, FileKind>> = {
  json: "architecture",
  safetensors: "checkpoint",
  pth: "checkpoint",
  pt: "checkpoint",
  bin: "checkpoint",
  png: "picture",
  jpg: "picture",
  jpeg: "picture",
  webp: "picture",
  avif: "picture",
  gif: "picture",
  bmp: "picture",
  svg: "picture",
};

/** By its extension, else by the type that the system gave it. Its content is checked by whoever reads it. */
export function kindOf({ name, type }: { readonly name: string; readonly type: string }): FileKind {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  const known = extension === undefined ? undefined : kindByExtension[extension];
  if (known) return known;
  if (type.startsWith("image/")) return "picture";
  return type === "application/json" ? "architecture" : "unknown";
}

/** @file Which of the three things that the page takes a file is. */

export type FileKind = "picture" | "checkpoint" | "architecture" | "unknown";

const extensions: Readonly<Record<Exclude<FileKind, "unknown">, readonly string[]>> = {
  architecture: ["json", "csv"],
  checkpoint: ["safetensors", "pth", "pt", "bin"],
  picture: ["png", "jpg", "jpeg", "webp", "avif", "gif", "bmp", "svg"],
};

const kindByExtension = new Map(
  (["architecture", "checkpoint", "picture"] as const).flatMap((kind) =>
    extensions[kind].map((extension) => [extension, kind] as const),
  ),
);

/** By its extension, else by the type that the system gave it. Its content is checked by whoever reads it. */
export function kindOf({ name, type }: { readonly name: string; readonly type: string }): FileKind {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  const known = extension === undefined ? undefined : kindByExtension.get(extension);
  if (known) return known;
  if (type.startsWith("image/")) return "picture";
  return type === "application/json" ? "architecture" : "unknown";
}

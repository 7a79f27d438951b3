/** @file Earlier versions of the architecture JSON: links and files last longer than a format. */

/**
 * The value as the present version writes it. Version 1 had no `family`: batch norm meant MetaNeXt's names, layer norm
 * ConvNeXt's. What is of no earlier version comes back as it is; nothing is checked here.
 */
export function migrated(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("version" in input)) return input;
  if (input.version !== 1 || "family" in input) return input;
  const isConvnext = "norm" in input && input.norm === "layernorm";
  return { ...input, version: 2, family: isConvnext ? "convnext" : "metanext" };
}

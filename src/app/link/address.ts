/**
 * @file The architecture in the address bar, `#a=`: a link is the whole description, and the address always reproduces
 * what is on the canvas.
 */
import { decodeArchitecture, encodeArchitecture } from "../../model/architecture/link.ts";
import { type Architecture, ArchitectureError, type Issue } from "../../model/architecture/schema.ts";

/** What an address holds: nothing, an architecture, or a link that cannot be read. */
export type LinkedArchitecture =
  | { readonly kind: "none" }
  | { readonly kind: "architecture"; readonly architecture: Architecture }
  | { readonly kind: "damaged"; readonly issues: readonly Issue[] };

/** Reads the fragment of an address (`#a=...`). Never throws. */
export function architectureInHash(hash: string): LinkedArchitecture {
  const text = new URLSearchParams(hash.replace(/^#/, "")).get("a");
  if (text === null) return { kind: "none" };
  try {
    return { kind: "architecture", architecture: decodeArchitecture(text) };
  } catch (error) {
    const issues =
      error instanceof ArchitectureError ? error.issues : [{ path: "", message: "It cannot be read" }];
    return { kind: "damaged", issues };
  }
}

/** The address with the architecture in its fragment; everything else stays. */
export function addressOf(architecture: Architecture, href: string): string {
  const url = new URL(href);
  url.hash = `a=${encodeArchitecture(architecture)}`;
  return url.href;
}

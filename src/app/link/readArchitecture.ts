/** @file An architecture from any text that a person pastes: JSON, a link, or the part of one after `#`. */
import { decodeArchitecture } from "../../model/architecture/link.ts";
import {
  type Architecture,
  ArchitectureError,
  architectureFromJson,
  type Parsed,
} from "../../model/architecture/schema.ts";

/** Never throws; what is wrong comes back as issues. */
export function readArchitecture(text: string): Parsed<Architecture> {
  const linked = /#a=([^&\s]+)/.exec(text)?.[1];
  try {
    const value = linked === undefined ? architectureFromJson(text) : decodeArchitecture(linked);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof ArchitectureError) return { ok: false, issues: error.issues };
    return { ok: false, issues: [{ path: "", message: "It cannot be read" }] };
  }
}

/** Whether a text is worth reading as an architecture, so that other pasted texts are left alone. */
export function looksLikeArchitecture(text: string): boolean {
  return /#a=/.test(text) || /^\s*[{[][\s\S]*"(version|stages|fixed)"/.test(text);
}

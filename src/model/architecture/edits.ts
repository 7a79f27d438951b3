/**
 * @file Edits: pure functions from architecture to architecture.
 *
 * A field is named by its path, the same that issues carry (`stages[2].tokenMixer.bandKernelSize`); `stages[*]` means
 * every stage that has the field. So one function serves the editor, the sweep and the command line.
 */
import { type MixerField, optionalFields } from "../mixers/table.ts";
import { type Architecture, type Issue, type Parsed, parseArchitecture } from "./schema.ts";

/** Which stages a path is about. */
export type StageIndex = 0 | 1 | 2 | 3 | "*";

/** Every field that can be edited by path. */
export type StageField = "depth" | "dim" | "mlpRatio" | "tokenMixer" | `tokenMixer.${MixerField}`;

export type FieldPath =
  | "name"
  | "inChannels"
  | "imageSize"
  | "numClasses"
  | "family"
  | "norm"
  | "head"
  | "head.mlpRatio"
  | `stages[${StageIndex}].${StageField}`;

/**
 * Sets one field, in one stage or in all that have it, and checks the result. The architecture that was handed in stays
 * as it is; bad values come back as issues.
 */
export function edit(architecture: Architecture, path: FieldPath, value: unknown): Parsed<Architecture> {
  return editByPath(architecture, path, value);
}

/** As {@link edit}, for a path that a person typed: an unknown one is an issue. */
export function editByPath(architecture: Architecture, path: string, value: unknown): Parsed<Architecture> {
  const { changed, found } = assign(architecture, splitPath(path), value);
  if (!found) return failed(path, `No such field here: ${path}`);
  return parseArchitecture(changed);
}

function assign(
  target: unknown,
  path: readonly string[],
  value: unknown,
): { changed: unknown; found: boolean } {
  const [key, ...rest] = path;
  if (key === undefined) return { changed: value, found: true };
  if (Array.isArray(target)) {
    let found = false;
    const changed = target.map((item: unknown, index) => {
      if (key !== "*" && key !== String(index)) return item;
      const inner = assign(item, rest, value);
      found ||= inner.found;
      return inner.found ? inner.changed : item;
    });
    return { changed, found };
  }
  if (typeof target !== "object" || target === null) return { changed: target, found: false };
  const fields = new Map(Object.entries(target));
  if (!fields.has(key) && !acceptsOptional(fields, key)) {
    return { changed: target, found: false };
  }
  const inner = assign(fields.get(key), rest, value);
  if (!inner.found) return { changed: target, found: false };
  if (inner.changed === undefined) fields.delete(key);
  else fields.set(key, inner.changed);
  return { changed: Object.fromEntries(fields), found: true };
}

/** Fields that may be absent and can still be set. */
function acceptsOptional(fields: ReadonlyMap<string, unknown>, key: string): boolean {
  return fields.has("version") ? key === "name" : optionalFields(fields.get("kind")).includes(key);
}

function splitPath(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((part) => part !== "");
}

function failed(path: string, message: string): { readonly ok: false; readonly issues: readonly Issue[] } {
  return { ok: false, issues: [{ path, message }] };
}

/**
 * @file The files that a person names on the command line.
 */
import { readFileSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { getSystemErrorMap } from "node:util";
import { type Architecture, ArchitectureError, architectureFromJson } from "../model/architecture/schema.ts";
import { InputError } from "./command.ts";

/** Names standard input. */
const standardInput = "-";

/** The architecture in a JSON file, or in standard input for `-`. @throws InputError naming the file. */
export function readArchitecture(file: string): Architecture {
  const bytes = attempt(file, () => readFileSync(file === standardInput ? 0 : pathOf(file)));
  try {
    return architectureFromJson(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof ArchitectureError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Path and size of a file that exists. @throws InputError naming the file. */
export function findFile(file: string): { readonly path: string; readonly bytes: number } {
  const path = pathOf(file);
  const stats: Stats = attempt(file, () => statSync(path));
  if (!stats.isFile()) throw new InputError(`${file}: not a file`);
  return { path, bytes: stats.size };
}

/** A file to be written, in a folder that exists. @throws InputError naming the file, in `write` too. */
export function findOutput(file: string): { readonly write: (bytes: Uint8Array) => void } {
  const path = pathOf(file);
  const folder: Stats = attempt(file, () => statSync(dirname(path)));
  if (!folder.isDirectory()) throw new InputError(`${file}: ${dirname(file)} is not a folder`);
  return { write: (bytes) => attempt(file, () => writeFileSync(path, bytes)) };
}

/** `npm run` starts scripts in the project's folder and leaves the person's own in `INIT_CWD`. */
function pathOf(file: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  return script === "cli" && folder ? resolve(folder, file) : resolve(file);
}

function attempt<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { errno = 0, message } = error as NodeJS.ErrnoException;
    const [, reason = message] = getSystemErrorMap().get(errno) ?? [];
    throw new InputError(`${file}: ${reason}`);
  }
}

/**
 * @file The files that a person names on the command line.
 */
import { readFileSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
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

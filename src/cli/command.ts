/**
 * @file What a command is, and how its arguments are read.
 */
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { BackendChoice } from "../model/engine/api.ts";

export interface Command {
  /** Follows the command's name in the help. */
  readonly usage: string;
  /** What it prints, and what its options mean. */
  readonly help: string;
  /**
   * Its answer, to be printed as JSON.
   * @throws InputError for anything that the person can put right.
   */
  run(args: readonly string[]): Promise<unknown>;
}

/** Bad input: printed as one line, and the exit code is 2. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Choices of `--backend`. */
export const backends: readonly BackendChoice[] = ["auto", "webgpu", "wasm", "cpu"];

type Options = NonNullable<ParseArgsConfig["options"]>;

/** As `parseArgs`, strict. @throws InputError for an unknown option or one without its value. */
export function readArgs<const T extends Options>(
  args: readonly string[],
  options: T,
  { allowPositionals = false }: { readonly allowPositionals?: boolean } = {},
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (error) {
    // What Node adds after the first sentence is about arguments that begin with a dash.
    const [first] = (error as Error).message.split(/(?<=\.) /);
    throw new InputError(`${first} See --help.`);
  }
}

/** @throws InputError unless the option was given. */
export function required<T>(value: T | undefined, option: string): T {
  if (value === undefined) throw new InputError(`--${option} is missing. See --help.`);
  return value;
}

/** A whole number from 1 to `max`. @throws InputError */
export function count(text: string, option: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > max) {
    throw new InputError(`--${option} must be a whole number from 1 to ${max}, not ${text}.`);
  }
  return value;
}

/** @throws InputError unless the text is one of the choices. */
export function oneOf<T extends string>(text: string, option: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (!found) throw new InputError(`--${option} must be one of ${choices.join(", ")}, not ${text}.`);
  return found;
}

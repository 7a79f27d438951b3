/**
 * @file The command line: `npm run -s cli -- COMMAND ...`.
 *
 * Answers are JSON on standard output. What goes wrong is one line on standard error; the exit code is 2 for bad input and
 * 1 for anything else.
 */
import { type Command, InputError } from "./command.ts";

/** Loaded when asked for: the analysis needs neither a bundler nor a browser. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  analyze: async () => (await import("./analyze.ts")).analyze,
  inspect: async () => (await import("./inspect.ts")).inspect,
  transfer: async () => (await import("./transfer.ts")).transfer,
  preprocess: async () => (await import("./preprocess.ts")).preprocess,
  predict: async () => (await import("./predict.ts")).predict,
  bench: async () => (await import("./bench.ts")).bench,
  sweep: async () => (await import("./sweep.ts")).sweep,
};

const overview = `Usage: npm run -s cli -- COMMAND ...
Commands: ${Object.keys(commands).join(", ")}. "COMMAND --help" explains one.`;

try {
  console.log(await answer(process.argv.slice(2)));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(message.replace(/\s*\n\s*/g, " "));
  process.exitCode = error instanceof InputError ? 2 : 1;
}

async function answer([name, ...args]: readonly string[]): Promise<string> {
  if (name === "--help" || name === "-h") return overview;
  if (name === undefined) throw new InputError(`Name a command: ${Object.keys(commands).join(", ")}.`);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load)
    throw new InputError(`There is no command ${name}. Commands: ${Object.keys(commands).join(", ")}.`);
  const { usage, help, run } = await load();
  if (args.includes("--help") || args.includes("-h"))
    return `Usage: npm run -s cli -- ${name} ${usage}\n\n${help}`;
  return JSON.stringify(await run(args));
}

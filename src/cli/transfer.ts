/**
 * @file `transfer`: what becomes of each tensor of a checkpoint in another architecture.
 */
import { transfer as carryOver } from "../model/weights/transfer.ts";
import { openTrained } from "./checkpoints.ts";
import { type Command, readArgs, required } from "./command.ts";
import { readArchitecture } from "./files.ts";

export const transfer: Command = {
  usage: "--weights FILE --architecture FILE",
  help: `Carries a checkpoint over into an architecture, as the editor does after an edit ("-" is standard input).

Prints { "carried", "tensors": [{ "key", "shape", "rule", "reason", "sources", "elements", "carried" }], "dropped": [key] }:
carried is the share of the architecture's parameters whose values are the checkpoint's, and for each tensor the number of
its elements; dropped are the checkpoint's tensors from which nothing was taken.`,
  async run(args) {
    const { values } = readArgs(args, { weights: { type: "string" }, architecture: { type: "string" } });
    const weights = required(values.weights, "weights");
    const architecture = readArchitecture(required(values.architecture, "architecture"));
    const { carried, fates, dropped } = carryOver(await openTrained(weights), architecture);
    return { carried, tensors: fates, dropped };
  },
};

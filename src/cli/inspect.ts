/**
 * @file `inspect`: what a checkpoint holds.
 */
import { trainable } from "../model/analysis/cost.ts";
import { graphOf } from "../model/graph/network.ts";
import { openCheckpoint } from "./checkpoints.ts";
import { type Command, InputError, readArgs } from "./command.ts";

export const inspect: Command = {
  usage: "FILE",
  help: `Recognises the network in a .safetensors or PyTorch file from its tensors' names and shapes.

Prints { "architecture", "format", "scheme", "tensors", "params", "missing": [key], "extra": [key],
"misshaped": [{ "key", "expected", "actual" }] }. The architecture is { "fixed": "resnet50" } for that one. Tensors are all in
the file, whole numbers included; params the trainable ones among those that the network takes. Missing, extra and misshaped
are told by the names of the official code.`,
  async run(args) {
    const { positionals } = readArgs(args, {}, { allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1)
      throw new InputError("Name one checkpoint. See --help.");
    const { checkpoint, recognition } = await openCheckpoint(file);
    const { architecture, scheme, tensors, missing, extra, misshaped } = recognition;
    const graph = graphOf(architecture);
    const taken = graph.nodes.flatMap((node) => node.tensors).filter(({ key }) => tensors.has(key));
    return {
      architecture,
      format: checkpoint.format,
      scheme,
      tensors: checkpoint.tensors.size + checkpoint.integers.length,
      params: taken.reduce((sum, tensor) => sum + trainable(tensor), 0),
      missing,
      extra,
      misshaped,
    };
  },
};

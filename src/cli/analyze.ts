/**
 * @file `analyze`: what architectures cost, counted without running anything.
 */
import { costOf, macsOf, trainable } from "../model/analysis/cost.ts";
import { lower } from "../model/graph/lower.ts";
import { type Command, InputError, readArgs } from "./command.ts";
import { readArchitecture } from "./files.ts";

export const analyze: Command = {
  usage: "FILE...",
  help: `Counts parameters, MACs and activations of the architectures in JSON files ("-" is standard input).

Prints [{ "file", "params", "macs", "activations", "macs_by_module": {id: n}, "params_by_tensor": {key: n} }].
MACs are multiply-accumulates of convolutions and linear layers for one image (papers print them as FLOPs),
activations the elements that those layers give. Running statistics are no parameters.`,
  async run(args) {
    const { positionals } = readArgs(args, {}, { allowPositionals: true });
    if (positionals.length === 0) throw new InputError("Name at least one architecture file. See --help.");
    return positionals.map(analysisOf);
  },
};

function analysisOf(file: string) {
  const graph = lower(readArchitecture(file));
  const { params, macs, activations } = costOf(graph).total;
  const modules = graph.nodes.map((node) => [node.id, macsOf(node)] as const);
  const tensors = graph.nodes.flatMap((node) => node.tensors);
  return {
    file,
    params,
    macs,
    activations,
    macs_by_module: Object.fromEntries(modules.filter(([, count]) => count > 0)),
    params_by_tensor: Object.fromEntries(
      tensors.map((tensor) => [tensor.key, trainable(tensor)] as const).filter(([, count]) => count > 0),
    ),
  };
}

/**
 * @file Unpickles the tables of tensors in PyTorch files. Nothing that a file names is ever run: a pickle is a program for a
 * small machine (`pickle/machine.ts`), which has only the instructions and names that `torch.save` writes for a state_dict.
 */
import { PickleBytes } from "./pickle/bytes.ts";
import { callGlobal, findGlobal, findStorage } from "./pickle/globals.ts";
import { instructionOf, stop, type World } from "./pickle/instructions.ts";
import { Machine } from "./pickle/machine.ts";
import type { StorageRef } from "./pickle/tensorRef.ts";
import { CheckpointError } from "./tensorMap.ts";

/** Pickles are read whole; those of the largest official checkpoints have under 1 MB. */
export const maxPickleBytes = 16 * 2 ** 20;
/** Some thirty a tensor. It bounds the memory, too: an instruction makes one value. */
const maxInstructions = 1_000_000;

export interface Unpickled {
  /** Numbers, strings, arrays (tuples and lists), maps (dicts) and `TensorRef`s. Parts may be shared; none contains itself. */
  readonly value: unknown;
  /** Every storage that was named, by key, whether or not a tensor uses it. */
  readonly storages: ReadonlyMap<string, StorageRef>;
  /** Bytes that the pickle took. */
  readonly length: number;
}

/** @throws CheckpointError `unsafe` (anything but tensors in dicts), `unsupported`, `truncated` or `notCheckpoint`. */
export function unpickle(bytes: Uint8Array): Unpickled {
  const storages = new Map<string, StorageRef>();
  const world: World = { find: findGlobal, call: callGlobal, load: (id) => findStorage(id, storages) };
  const reader = new PickleBytes(bytes);
  const machine = new Machine();
  for (let count = 0; count < maxInstructions; count++) {
    const code = reader.uint8();
    if (code === stop) return { value: machine.result(), storages, length: reader.position };
    const { name, run } = instructionOf(code);
    machine.instruction = name;
    run(machine, reader, world);
  }
  throw new CheckpointError("notCheckpoint", `The pickle has over ${maxInstructions} instructions.`);
}

/**
 * @file The instructions that `torch.save` writes for a state_dict, by their names in Python's `pickletools`: protocol 2,
 * which it writes unless told otherwise, and what protocols 4 and 5 have for the same values.
 */
import { CheckpointError } from "../tensorMap.ts";
import type { PickleBytes } from "./bytes.ts";
import type { Machine } from "./machine.ts";

/** What lies outside of the pickle. */
export interface World {
  /** What a module's name stands for. @throws CheckpointError where it may not be used. */
  find(name: string): unknown;
  /** What this function gives. @throws CheckpointError where it is none, or not for these arguments. */
  call(callee: unknown, args: readonly unknown[]): unknown;
  /** What is kept outside of the pickle under this id. @throws CheckpointError */
  load(id: unknown): unknown;
}

type Run = (machine: Machine, bytes: PickleBytes, world: World) => void;

export interface Instruction {
  readonly name: string;
  readonly run: Run;
}

/** Protocols that have no other instructions than those below for tables of tensors. */
const maxProtocol = 5;

export const stop = 0x2e;

export const instructions: ReadonlyMap<number, Instruction> = table([
  [0x80, "PROTO", (_, bytes) => checkProtocol(bytes.uint8())],
  // Tells how far to read ahead, which nothing depends on.
  [0x95, "FRAME", (_, bytes) => void bytes.integer(8)],

  [0x28, "MARK", (machine) => machine.mark()],
  [0x71, "BINPUT", (machine, bytes) => machine.memoize(bytes.uint8())],
  [0x72, "LONG_BINPUT", (machine, bytes) => machine.memoize(bytes.uint32())],
  [0x94, "MEMOIZE", (machine) => machine.memoize()],
  [0x68, "BINGET", (machine, bytes) => machine.recall(bytes.uint8())],
  [0x6a, "LONG_BINGET", (machine, bytes) => machine.recall(bytes.uint32())],

  [0x4e, "NONE", (machine) => machine.push(null)],
  [0x88, "NEWTRUE", (machine) => machine.push(true)],
  [0x89, "NEWFALSE", (machine) => machine.push(false)],
  [0x4a, "BININT", (machine, bytes) => machine.push(bytes.int32())],
  [0x4b, "BININT1", (machine, bytes) => machine.push(bytes.uint8())],
  [0x4d, "BININT2", (machine, bytes) => machine.push(bytes.uint16())],
  [0x8a, "LONG1", (machine, bytes) => machine.push(bytes.integer(bytes.uint8()))],
  [0x47, "BINFLOAT", (machine, bytes) => machine.push(bytes.float64())],

  [0x58, "BINUNICODE", (machine, bytes) => machine.push(bytes.text(bytes.uint32()))],
  [0x8c, "SHORT_BINUNICODE", (machine, bytes) => machine.push(bytes.text(bytes.uint8()))],
  // Text of Python 2.
  [0x54, "BINSTRING", (machine, bytes) => machine.push(bytes.text(bytes.int32()))],
  [0x55, "SHORT_BINSTRING", (machine, bytes) => machine.push(bytes.text(bytes.uint8()))],

  [0x29, "EMPTY_TUPLE", (machine) => machine.pushTuple([])],
  [0x85, "TUPLE1", (machine) => machine.pushTuple(machine.popLast(1))],
  [0x86, "TUPLE2", (machine) => machine.pushTuple(machine.popLast(2))],
  [0x87, "TUPLE3", (machine) => machine.pushTuple(machine.popLast(3))],
  [0x74, "TUPLE", (machine) => machine.pushTuple(machine.popToMark())],
  [0x5d, "EMPTY_LIST", (machine) => machine.pushOpen([])],
  [0x61, "APPEND", (machine) => machine.append(machine.popLast(1))],
  [0x65, "APPENDS", (machine) => machine.append(machine.popToMark())],
  [0x7d, "EMPTY_DICT", (machine) => machine.pushOpen(new Map())],
  [0x73, "SETITEM", (machine) => machine.setItems(machine.popLast(2))],
  [0x75, "SETITEMS", (machine) => machine.setItems(machine.popToMark())],

  [0x63, "GLOBAL", (machine, bytes, world) => machine.push(world.find(`${bytes.line()}.${bytes.line()}`))],
  [0x93, "STACK_GLOBAL", (machine, _, world) => machine.push(world.find(nameOnStack(machine)))],
  [0x51, "BINPERSID", (machine, _, world) => machine.push(world.load(machine.pop()))],
  [0x52, "REDUCE", (machine, _, world) => reduce(machine, world)],
  [0x62, "BUILD", build],
]);

/** Names for what is said of instructions that are refused. */
const refused: ReadonlyMap<number, string> = new Map([
  [0x42, "BINBYTES"],
  [0x43, "SHORT_BINBYTES"],
  [0x50, "PERSID"],
  [0x69, "INST"],
  [0x6f, "OBJ"],
  [0x81, "NEWOBJ"],
  [0x82, "EXT1"],
  [0x83, "EXT2"],
  [0x84, "EXT4"],
  [0x8b, "LONG4"],
  [0x8f, "EMPTY_SET"],
  [0x92, "NEWOBJ_EX"],
]);

/** @throws CheckpointError `unsafe`, which names it. */
export function instructionOf(code: number): Instruction {
  const found = instructions.get(code);
  if (found) return found;
  const name = [refused.get(code), `0x${code.toString(16).padStart(2, "0")}`].filter(Boolean).join(" ");
  throw new CheckpointError(
    "unsafe",
    `The pickle uses the instruction ${name}, which no table of tensors needs.`,
  );
}

function table(rows: readonly (readonly [code: number, name: string, run: Run])[]) {
  return new Map(rows.map(([code, name, run]) => [code, { name, run }]));
}

function checkProtocol(protocol: number): void {
  if (protocol > maxProtocol)
    throw new CheckpointError("unsupported", `The pickle in the file is of protocol ${protocol}.`);
}

function nameOnStack(machine: Machine): string {
  const [module, name] = machine.popLast(2);
  if (typeof module === "string" && typeof name === "string") return `${module}.${name}`;
  throw machine.fault("needs two texts");
}

/** Sets attributes of the object below. None is needed (PyTorch sets `_metadata`), so they are dropped. */
function build(machine: Machine): void {
  machine.pop();
  machine.top();
}

function reduce(machine: Machine, world: World): void {
  const args = machine.popTuple();
  const value = world.call(machine.pop(), args);
  if (value instanceof Map) machine.pushOpen(value);
  else machine.push(value);
}

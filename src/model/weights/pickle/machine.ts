/**
 * @file The machine that a pickle is a program for: a stack of values, marks within it, and a memo of values by number.
 *
 * Values are null, booleans, numbers, bigints, strings, arrays (lists; tuples are frozen), maps (dicts) and whatever the
 * globals make. A list or a dict that is part of another value can no longer be filled, so no value contains itself. Writers
 * never need that: they fill a value before they put it away.
 */
import { CheckpointError } from "../tensorMap.ts";

/** A writer puts a thousand items on the stack before it stores them. */
const maxStack = 100_000;
/** Marks within marks: lists and tuples within others. */
const maxDepth = 1000;

export class Machine {
  /** For what is said when something is wrong. */
  instruction = "";
  readonly #stack: unknown[] = [];
  /** Sizes of the stack when a mark was set. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  /** Lists and dicts that can still be filled. */
  readonly #open = new Set<unknown>();

  push(value: unknown): void {
    if (this.#stack.length >= maxStack) throw this.fault(`puts more than ${maxStack} values on the stack`);
    this.#stack.push(value);
  }

  /** A new list or dict. */
  pushOpen(value: unknown[] | Map<unknown, unknown>): void {
    this.#open.add(value);
    this.push(value);
  }

  pushTuple(values: readonly unknown[]): void {
    for (const value of values) this.#open.delete(value);
    this.push(Object.freeze(values));
  }

  pop(): unknown {
    this.#need(1);
    return this.#stack.pop();
  }

  /** The last `count` values, in their order. */
  popLast(count: number): unknown[] {
    this.#need(count);
    return this.#stack.splice(-count);
  }

  /** A tuple. */
  popTuple(): readonly unknown[] {
    const value = this.pop();
    if (Array.isArray(value) && Object.isFrozen(value)) return value;
    throw this.fault("needs a tuple");
  }

  mark(): void {
    if (this.#marks.length >= maxDepth) throw this.fault(`nests values more than ${maxDepth} deep`);
    this.#marks.push(this.#stack.length);
  }

  /** The values above the last mark, in their order. */
  popToMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.fault("has no mark to go back to");
    return this.#stack.splice(mark);
  }

  /** Adds to the list on the stack. */
  append(values: readonly unknown[]): void {
    const list = this.#fillable(values);
    if (!Array.isArray(list)) throw this.fault("has no list to add to");
    for (const value of values) list.push(value);
  }

  /** Adds to the dict on the stack: keys and values in turn. */
  setItems(values: readonly unknown[]): void {
    const dict = this.#fillable(values);
    if (!(dict instanceof Map)) throw this.fault("has no dict to add to");
    if (values.length % 2 !== 0) throw this.fault("has a key without a value");
    for (let i = 0; i < values.length; i += 2) dict.set(values[i], values[i + 1]);
  }

  /** Remembers the value on the stack, by the next number where none is told. */
  memoize(key = this.#memo.size): void {
    this.#memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) throw this.fault(`asks for the value ${key}, which was not remembered`);
    this.push(this.#memo.get(key));
  }

  top(): unknown {
    this.#need(1);
    return this.#stack.at(-1);
  }

  /** The one value that is left at the end. */
  result(): unknown {
    const value = this.pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) throw this.fault("leaves values over");
    return value;
  }

  fault(what: string): CheckpointError {
    return new CheckpointError(
      "notCheckpoint",
      `The pickle in the file is broken: ${this.instruction} ${what}.`,
    );
  }

  /** Values above the last mark. */
  #need(count: number): void {
    if (this.#stack.length - count < (this.#marks.at(-1) ?? 0))
      throw this.fault("takes a value where there is none");
  }

  /** The list or dict on the stack, which `values` become part of. */
  #fillable(values: readonly unknown[]): unknown {
    const target = this.top();
    for (const value of values) this.#open.delete(value);
    if (typeof target === "object" && target !== null && !this.#open.has(target)) {
      throw this.fault("changes a value that is part of another one");
    }
    return target;
  }
}

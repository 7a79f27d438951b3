/**
 * @file A WebAssembly assembler of the few instructions that this project's programs are made of: four-lane float32 SIMD
 * over a memory that belongs to somebody else.
 *
 * Code is nested lists of bytes in the order in which WebAssembly wants them, operands before their operator.
 * Specification: https://webassembly.github.io/spec/core/binary
 */

export type Code = number | readonly Code[];

/** A local variable. */
export interface Local {
  readonly type: "i32" | "v128";
  readonly index: number;
}

/** A function that is exported; all parameters are i32. */
export interface Program {
  readonly name: string;
  readonly parameters: number;
  /** Types of the variables after the parameters, in the order of their indices. */
  readonly locals: readonly Local["type"][];
  readonly code: Code;
}

/** Declares the variables of a program, the parameters first. */
export interface Variables {
  i32(): Local;
  v128(): Local;
}

export function program(name: string, parameters: number, write: (variables: Variables) => Code): Program {
  const types: Local["type"][] = [];
  const declare = (type: Local["type"]) => (): Local => ({ type, index: types.push(type) - 1 });
  const code = write({ i32: declare("i32"), v128: declare("v128") });
  return { name, parameters, locals: types.slice(parameters), code };
}

const byteOf = { i32: 0x7f, v128: 0x7b } as const;

/** Unsigned LEB128. */
function unsigned(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

/** Signed LEB128. */
function signed(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = rest === (low & 0x40 ? -1 : 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

const simd = (operation: number): Code => [0xfd, unsigned(operation)];
const binary =
  (operation: Code) =>
  (a: Code, b: Code): Code => [a, b, operation];

export const get = ({ index }: Local): Code => [0x20, unsigned(index)];
export const set = ({ index }: Local, value: Code): Code => [value, 0x21, unsigned(index)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  remainder: binary(0x6f),
  lessThan: binary(0x48),
  and: binary(0x71),
};

/** The smaller or the larger of two integers, each given by code without effects. */
export const i32Min = (a: Code, b: Code): Code => [a, b, i32.lessThan(a, b), 0x1b];
export const i32Max = (a: Code, b: Code): Code => [b, a, i32.lessThan(a, b), 0x1b];

export const f32x4 = {
  /** All lanes of one value. */
  const: (value: number): Code => {
    const bytes = [...new Uint8Array(Float32Array.of(value, value, value, value).buffer)];
    return [simd(12), bytes];
  },
  add: binary(simd(0xe4)),
  mul: binary(simd(0xe6)),
  div: binary(simd(0xe7)),
  min: binary(simd(0xe8)),
  max: binary(simd(0xe9)),
};

/** `a * b + c` in every lane. */
export type MultiplyAdd = (a: Code, b: Code, c: Code) => Code;

/** One instruction, rounded once or twice as the processor likes it: relaxed SIMD, which not every engine has. */
export const relaxedMultiplyAdd: MultiplyAdd = (a, b, c) => [a, b, c, simd(0x105)];
export const plainMultiplyAdd: MultiplyAdd = (a, b, c) => f32x4.add(f32x4.mul(a, b), c);

/** Loads and stores of 16 bytes that need not be aligned, `offset` bytes from the address. */
export const load = (address: Code, offset = 0): Code => [address, simd(0), 2, unsigned(offset)];
export const store = (address: Code, value: Code): Code => [address, value, simd(11), 2, 0];
/** All lanes of the float32 at `offset` bytes from the address. */
export const splat = (address: Code, offset = 0): Code => [address, simd(9), 2, unsigned(offset)];
/** Stores one lane of 4 bytes, or of 8, and nothing beside it. */
export const storeLane32 = (address: Code, value: Code, lane: 0 | 1 | 2 | 3): Code => [
  ...[address, value, simd(90), 2, 0, lane],
];
export const storeLane64 = (address: Code, value: Code, lane: 0 | 1): Code => [
  ...[address, value, simd(91), 2, 0, lane],
];

/** Copies bytes, which may overlap. */
export const copyBytes = (to: Code, from: Code, length: Code): Code => [to, from, length, 0xfc, 10, 0, 0];

/** Unsigned: as signed numbers, addresses beyond 2 GiB would be negative. */
const isBelow = binary(0x49);

/**
 * `for (variable = from; variable < to; variable += step)` over addresses, or over numbers from 0 on; `to` and `step` are
 * evaluated every time.
 */
export function loop(
  variable: Local,
  { from, to, step }: { readonly from: Code; readonly to: Code; readonly step: Code },
  body: Code,
): Code {
  const [block, again, end, branch, branchIf, none, isZero] = [0x02, 0x03, 0x0b, 0x0c, 0x0d, 0x40, 0x45];
  return [
    set(variable, from),
    [block, none, again, none],
    [isBelow(get(variable), to), isZero, branchIf, 1],
    body,
    set(variable, i32.add(get(variable), step)),
    [branch, 0, end, end],
  ];
}

export const when = (condition: Code, body: Code, otherwise: Code = []): Code => [
  ...[condition, 0x04, 0x40, body, 0x05, otherwise, 0x0b],
];

/** The module's bytes. It imports `env.memory`, shared or not. */
export function assemble(programs: readonly Program[], isShared: boolean): Uint8Array<ArrayBuffer> {
  const text = (value: string): Code => sized([...new TextEncoder().encode(value)]);
  const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
  const section = (id: number, content: Code): Code => [id, sized(content)];
  const mostPages = 65_536;
  const limits: Code = isShared ? [0x03, 0, unsigned(mostPages)] : [0x00, 0];
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(
        1,
        list(programs.map(({ parameters }) => [0x60, list(new Array<Code>(parameters).fill(byteOf.i32)), 0])),
      ),
      section(2, list([[text("env"), text("memory"), 0x02, limits]])),
      section(3, list(programs.map((_, index) => unsigned(index)))),
      section(7, list(programs.map(({ name }, index) => [text(name), 0x00, unsigned(index)]))),
      section(
        10,
        list(
          programs.map(({ locals, code }) =>
            sized([list(locals.map((type) => [1, byteOf[type]])), code, 0x0b]),
          ),
        ),
      ),
    ]),
  );
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

function flat(code: Code): readonly number[] {
  const bytes: number[] = [];
  const walk = (part: Code) => {
    if (typeof part === "number") bytes.push(part);
    else for (const inner of part) walk(inner);
  };
  walk(code);
  return bytes;
}

/**
 * @file Matrix product plus bias: rows of `x` times weights that are packed in panels of eight outputs.
 *
 * Tiling: six rows times one panel, whose twelve sums stay in registers over all inputs: an input costs two loads of weights
 * and six of `x`, each for twelve multiply-adds. Rows that are left over are taken four at once, then one by one. Panels are
 * the outer loop, so a panel stays in the nearest cache; the caller gives so few rows at once that they stay in the next.
 *
 * With relaxed SIMD a multiplication and its addition are one instruction, which nearly halves the time; TensorFlow.js's
 * XNNPACK does without.
 */
import {
  type Code,
  f32x4,
  get,
  i32,
  type Local,
  load,
  loop,
  type MultiplyAdd,
  type Program,
  program,
  set,
  splat,
  store,
  type Variables,
  when,
} from "./assembler.ts";

const vectorBytes = 16;
/** Outputs of a panel: two vectors. */
const panelWidth = 8;
export const panelRowBytes = 4 * panelWidth;
export const tallestTile = 6;
const tiles = [tallestTile, 4, 1] as const;
/** Inputs that one turn of the inner loop takes. */
const unrolled = 4;

/** The parameters of the program, in its order. Addresses and pitches are in bytes. */
export const matmulParameters = [
  "x",
  /** After the last row. */
  "xEnd",
  /** From one row of `x` to the next: the inputs. */
  "inputPitch",
  "result",
  /** From one row of the result to the next: the outputs, a multiple of four. */
  "outputPitch",
  "panels",
  "panelsEnd",
  "panelPitch",
  /** Bytes of the result's columns before those of the first panel. */
  "column",
] as const;

export type MatmulCall = Readonly<Record<(typeof matmulParameters)[number], number>>;

export function matmulProgram(multiplyAdd: MultiplyAdd): Program {
  return program("matmul", matmulParameters.length, (variables) => {
    const given = Object.fromEntries(matmulParameters.map((name) => [name, variables.i32()])) as Record<
      (typeof matmulParameters)[number],
      Local
    >;
    const [panel, row, lastRow, place] = i32s(variables, 4);
    const { column } = given;
    const tile = new TileCode(variables, given, multiplyAdd);
    const firstRow = get(given.x);
    const ofPanel = [
      set(row, firstRow),
      set(place, i32.add(get(given.result), get(column))),
      tiles.map((rows) => {
        // As long as the last row of a tile is there.
        const from = i32.add(get(row), i32.mul(i32.const(rows - 1), get(given.inputPitch)));
        const step = i32.mul(i32.const(rows), get(given.inputPitch));
        return loop(lastRow, { from, to: get(given.xEnd), step }, [
          tile.of(rows, { row, panel, place, column }),
          set(row, i32.add(get(row), step)),
        ]);
      }),
      set(column, i32.add(get(column), i32.const(panelRowBytes))),
    ];
    const { panels, panelsEnd, panelPitch } = given;
    return loop(panel, { from: get(panels), to: get(panelsEnd), step: get(panelPitch) }, ofPanel);
  });
}

interface Position {
  /** In `x`. */
  readonly row: Local;
  readonly panel: Local;
  /** In the result: moves on by the tile's rows. */
  readonly place: Local;
  /** Bytes of the result's columns before the panel's. */
  readonly column: Local;
}

class TileCode {
  readonly #given: Readonly<Record<(typeof matmulParameters)[number], Local>>;
  readonly #multiplyAdd: MultiplyAdd;
  readonly #sources: readonly Local[];
  readonly #left: readonly Local[];
  readonly #right: readonly Local[];
  readonly #weights: readonly [left: Local, right: Local];
  readonly #value: Local;
  readonly #weight: Local;
  readonly #weightsEnd: Local;

  constructor(
    variables: Variables,
    given: Readonly<Record<(typeof matmulParameters)[number], Local>>,
    multiplyAdd: MultiplyAdd,
  ) {
    const vectors = (count: number) => Array.from({ length: count }, () => variables.v128());
    this.#given = given;
    this.#multiplyAdd = multiplyAdd;
    this.#sources = i32s(variables, tiles[0]);
    this.#left = vectors(tiles[0]);
    this.#right = vectors(tiles[0]);
    this.#weights = [variables.v128(), variables.v128()];
    this.#value = variables.v128();
    [this.#weight, this.#weightsEnd] = i32s(variables, 2);
  }

  /** Code that computes and stores so many rows of the panel. */
  of(rows: number, { row, panel, place, column }: Position): Code {
    const { inputPitch, outputPitch, panelPitch } = this.#given;
    const indices = Array.from({ length: rows }, (_, index) => index);
    const at = (list: readonly Local[], index: number): Local => list[index] ?? row;
    const start = indices.map((index) => [
      set(at(this.#sources, index), i32.add(get(row), i32.mul(i32.const(index), get(inputPitch)))),
      set(at(this.#left, index), load(get(panel))),
      set(at(this.#right, index), load(get(panel), vectorBytes)),
    ]);
    const input = (step: number) => [
      set(this.#weights[0], load(get(this.#weight), step * panelRowBytes)),
      set(this.#weights[1], load(get(this.#weight), step * panelRowBytes + vectorBytes)),
      indices.map((index) => [
        set(this.#value, splat(get(at(this.#sources, index)), 4 * step)),
        this.#add(at(this.#left, index), this.#weights[0]),
        this.#add(at(this.#right, index), this.#weights[1]),
      ]),
    ];
    const inputs = (count: number, end: Code) =>
      loop(this.#weight, { from: get(this.#weight), to: end, step: i32.const(count * panelRowBytes) }, [
        Array.from({ length: count }, (_, step) => input(step)),
        indices.map((index) =>
          set(at(this.#sources, index), i32.add(get(at(this.#sources, index)), i32.const(4 * count))),
        ),
      ]);
    const end = i32.add(get(panel), get(panelPitch));
    const finish = indices.map((index) => [
      store(get(place), get(at(this.#left, index))),
      when(
        i32.lessThan(i32.add(get(column), i32.const(vectorBytes)), get(outputPitch)),
        store(i32.add(get(place), i32.const(vectorBytes)), get(at(this.#right, index))),
      ),
      set(place, i32.add(get(place), get(outputPitch))),
    ]);
    return [
      start,
      set(this.#weight, i32.add(get(panel), i32.const(panelRowBytes))),
      // The last start of a whole turn, so that what is left over takes the other loop.
      set(this.#weightsEnd, i32.sub(end, i32.const((unrolled - 1) * panelRowBytes))),
      inputs(unrolled, get(this.#weightsEnd)),
      inputs(1, end),
      finish,
    ];
  }

  #add(sum: Local, weight: Local): Code {
    return set(sum, this.#multiplyAdd(get(this.#value), get(weight), get(sum)));
  }
}

function i32s(variables: Variables, count: 2): readonly [Local, Local];
function i32s(variables: Variables, count: 4): readonly [Local, Local, Local, Local];
function i32s(variables: Variables, count: number): readonly Local[];
function i32s(variables: Variables, count: number): readonly Local[] {
  return Array.from({ length: count }, () => variables.i32());
}

/** `addTo(start, end, other)`: adds `other` to the values from `start` to `end`, whose number is a multiple of four. */
export const addProgram = program("addTo", 3, (variables) => {
  const [start, end, other] = [variables.i32(), variables.i32(), variables.i32()];
  const at = variables.i32();
  return loop(at, { from: get(start), to: get(end), step: i32.const(vectorBytes) }, [
    store(get(at), f32x4.add(load(get(at)), load(get(other)))),
    set(other, i32.add(get(other), i32.const(vectorBytes))),
  ]);
});

export function panelBytes(inputs: number): number {
  return panelRowBytes * (1 + inputs);
}

/** `weight` `[outputs, inputs]` and `bias` `[outputs]` as panels: eight biases, then eight weights of every input. */
export function packPanels(
  { weight, bias }: { readonly weight: Float32Array; readonly bias?: Float32Array | undefined },
  inputs: number,
  outputs: number,
): Float32Array {
  const pitch = panelBytes(inputs) / 4;
  const panels = new Float32Array(Math.ceil(outputs / panelWidth) * pitch);
  for (let output = 0; output < outputs; output++) {
    const start = Math.floor(output / panelWidth) * pitch + (output % panelWidth);
    panels[start] = bias?.[output] ?? 0;
    for (let input = 0; input < inputs; input++) {
      panels[start + panelWidth * (1 + input)] = weight[output * inputs + input] ?? 0;
    }
  }
  return panels;
}

const kept = 96 * 1024;

/** So many rows of `inputs` at once stay in the cache. */
export function rowsAtOnce(inputs: number): number {
  return tiles[0] * Math.max(1, Math.floor(kept / (4 * inputs * tiles[0])));
}

/**
 * @file Where each index along an axis of a target tensor comes from in the source tensor, and copies that follow it.
 */

/** `count` indices from `from` on of the source become those from `to` on of the target. */
interface Run {
  readonly to: number;
  readonly from: number;
  readonly count: number;
}

/** Target indices that no run covers are new; source indices that no run covers are dropped. */
export interface AxisMap {
  readonly source: number;
  readonly target: number;
  readonly runs: readonly Run[];
  /** Every index stays where it is. */
  readonly exact: boolean;
  /** Target indices that come from the source. */
  readonly kept: number;
  /** Equal for equal maps. */
  readonly id: string;
}

/** The first indices stay where they are; the rest is dropped or new. */
export function positionMap(source: number, target: number): AxisMap {
  return fromRuns(source, target, [{ to: 0, from: 0, count: Math.min(source, target) }]);
}

/** @param origins For every target index the source index, or -1 for a new one. */
export function axisMap(source: number, origins: readonly number[]): AxisMap {
  const runs: Run[] = [];
  let start = 0;
  for (let to = 1; to <= origins.length; to++) {
    const from = origins[start] ?? -1;
    const continues = to < origins.length && origins[to] === (from < 0 ? -1 : from + to - start);
    if (continues) continue;
    if (from >= 0) runs.push({ to: start, from, count: to - start });
    start = to;
  }
  return fromRuns(source, origins.length, runs);
}

function fromRuns(source: number, target: number, runs: readonly Run[]): AxisMap {
  const kept = runs.reduce((sum, { count }) => sum + count, 0);
  const exact = source === target && kept === target && runs.length <= 1;
  const id = exact
    ? `${target}`
    : `${target}(${runs.map((run) => `${run.to}<${run.from}+${run.count}`).join(",")})`;
  return { source, target, runs, exact, kept, id };
}

/**
 * Copies the rows (first axis) that `rows` keeps and in them the columns (second axis) that `columns` keeps into `target`;
 * what is new keeps its values there. `inner` is the number of elements behind one row and column.
 */
export function copyMapped(
  source: Float32Array,
  target: Float32Array,
  rows: AxisMap,
  columns: AxisMap,
  inner: number,
): void {
  if (columns.exact) {
    // Rows that stay whole are contiguous.
    copyRuns(source, target, rows.runs, 0, 0, columns.target * inner);
    return;
  }
  for (const { to, from, count } of rows.runs) {
    for (let row = 0; row < count; row++) {
      const sourceRow = (from + row) * columns.source * inner;
      const targetRow = (to + row) * columns.target * inner;
      copyRuns(source, target, columns.runs, sourceRow, targetRow, inner);
    }
  }
}

function copyRuns(
  source: Float32Array,
  target: Float32Array,
  runs: readonly Run[],
  sourceStart: number,
  targetStart: number,
  inner: number,
): void {
  for (const { to, from, count } of runs) {
    const start = sourceStart + from * inner;
    target.set(source.subarray(start, start + count * inner), targetStart + to * inner);
  }
}

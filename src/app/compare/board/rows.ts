/** @file The rows of the board: a network's figures, and their differences from the baseline's. */
import type { Accuracy } from "../../../model/engine/api.ts";
import type { AnyNetwork } from "../../../model/graph/network.ts";
import type { Result } from "../../runs/results.ts";
import { differenceOf, pointsDifference, type TableDifference } from "./difference.ts";
import {
  accuracy,
  counted,
  countedFigures,
  type Figure,
  type FigureId,
  type Figures,
  isCounted,
  measured,
  measuredFigures,
} from "./figures.ts";

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly network: AnyNetwork;
  readonly result: Result | undefined;
  readonly figures: Figures;
  /** Undefined where it was not measured with the weights that are loaded. */
  readonly accuracy: Accuracy | undefined;
}

export interface RowSource {
  readonly id: string;
  readonly name: string;
  readonly network: AnyNetwork;
  readonly result: Result | undefined;
  readonly accuracy?: Accuracy | undefined;
}

export function rowOf({ id, name, network, result, accuracy: found }: RowSource): Row {
  const figures = {
    ...countedFigures(network),
    ...measuredFigures(result),
    ...(found ? { top1: found.top1 } : {}),
  };
  return { id, name, network, result, figures, accuracy: found };
}

/**
 * How a row's figure differs from the baseline's: what the two numbers of the column say, no more. Undefined for the
 * baseline, and where either is unknown. Only counted numbers are certain; whether times differ is said by their ratio.
 */
export function rowDifference(
  { id, isLessBetter }: Pick<Figure, "id" | "isLessBetter">,
  row: Row,
  baseline: Row | undefined,
): TableDifference | undefined {
  if (!baseline || row === baseline) return undefined;
  const value = row.figures[id];
  const base = baseline.figures[id];
  if (value === undefined || base === undefined) return undefined;
  if (id === "top1") return pointsDifference(value, base);
  return differenceOf(value, base, { isLessBetter, isDecided: isCounted(id) });
}

/** A figure; the name; the ratio of times. */
export type SortKey = FigureId | "name" | "ratio";

export interface Sorting {
  readonly by: SortKey;
  readonly isDescending: boolean;
}

const moreIsBetter: ReadonlySet<SortKey> = new Set<SortKey>(
  [...counted, ...measured, accuracy].flatMap(({ id, isLessBetter }) => (isLessBetter ? [] : [id])),
);

/** The best on top; names from A to Z. */
export function bestFirst(by: SortKey): Sorting {
  return { by, isDescending: moreIsBetter.has(by) };
}

/** What has no value comes last either way; without a sorting the order stays. */
export function sorted(rows: readonly Row[], sorting: Sorting | undefined): readonly Row[] {
  if (!sorting) return rows;
  const { by, isDescending } = sorting;
  const sign = isDescending ? -1 : 1;
  if (by === "name") return rows.toSorted((a, b) => sign * a.name.localeCompare(b.name));
  const sortValue = ({ figures, result }: Row) =>
    by === "ratio" ? result && (result.against?.median ?? 1) : figures[by];
  return rows.toSorted((a, b) => {
    const [x, y] = [sortValue(a), sortValue(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (x - y);
  });
}

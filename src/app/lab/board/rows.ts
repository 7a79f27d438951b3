/** @file The rows of the board: a network's figures, and their differences from the baseline's. */
import type { AnyNetwork } from "../../../model/graph/network.ts";
import type { Result } from "../results.ts";
import { differenceOf, type TableDifference } from "./difference.ts";
import { countedFigures, type Figure, type FigureId, type Figures, measuredFigures } from "./figures.ts";

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly network: AnyNetwork;
  readonly result: Result | undefined;
  readonly figures: Figures;
}

export interface RowSource {
  readonly id: string;
  readonly name: string;
  readonly network: AnyNetwork;
  readonly result: Result | undefined;
  /** 0 to 1. */
  readonly top1?: number | undefined;
}

export function rowOf({ id, name, network, result, top1 }: RowSource): Row {
  const figures = {
    ...countedFigures(network),
    ...measuredFigures(result),
    ...(top1 === undefined ? {} : { top1 }),
  };
  return { id, name, network, result, figures };
}

/** How a row's figure differs from the baseline's; undefined for the baseline, and where either is unknown. */
export function rowDifference(
  { id, isLessBetter }: Pick<Figure, "id" | "isLessBetter">,
  row: Row,
  baseline: Row | undefined,
): TableDifference | undefined {
  if (!baseline || row === baseline) return undefined;
  const against = row.result?.against;
  const isDecided = against !== undefined && against.verdict !== "undecided";
  switch (id) {
    case "medianMs":
      return against && differenceOf(against.median, 1, { isLessBetter, isDecided });
    case "imagesPerSecond":
      return against && differenceOf(1 / against.median, 1, { isLessBetter, isDecided });
    case "p90Ms":
      return plain(row, baseline, id, { isLessBetter, isDecided: false });
    default:
      return plain(row, baseline, id, { isLessBetter });
  }
}

export interface Sorting {
  /** A figure; the name; the ratio of times. */
  readonly by: FigureId | "name" | "ratio";
  readonly isDescending: boolean;
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

function plain(
  row: Row,
  baseline: Row,
  id: FigureId,
  options: Parameters<typeof differenceOf>[2],
): TableDifference | undefined {
  const value = row.figures[id];
  const base = baseline.figures[id];
  return value === undefined || base === undefined ? undefined : differenceOf(value, base, options);
}

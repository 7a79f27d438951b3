/** @file The columns that all sections of the board share, so that their numbers stand under each other. */

import { type Scale, scaleOf } from "../../words/scale.ts";
import { accuracy, counted, type Figure, measured } from "./figures.ts";
import { ratioDomain } from "./ratioDomain.ts";
import type { Row } from "./rows.ts";

export interface Column {
  readonly figure: Figure;
  readonly scale: Scale;
}

export interface Columns {
  readonly counted: readonly Column[];
  /** Of times; the ratio with its interval follows them. */
  readonly measured: readonly Column[];
  /** Ends of the intervals' axis. */
  readonly domain: readonly [low: number, high: number];
  readonly accuracy: Column;
}

export function columnsOf(rows: readonly Row[]): Columns {
  const column = (figure: Figure): Column => ({
    figure,
    scale: scaleOf(
      rows.flatMap(({ figures }) => figures[figure.id] ?? []),
      figure.units,
    ),
  });
  return {
    counted: counted.map(column),
    measured: measured.map(column),
    domain: ratioDomain(rows.map(({ result }) => result?.against)),
    accuracy: column(accuracy),
  };
}

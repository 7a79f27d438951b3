/** @file What every chart brings along besides its drawing: names for its points, a legend, the table behind it. */

/** What one drawn point stands for. */
export interface ChartPoint {
  readonly id: string;
  /** Its name and numbers in a few words: shown on hover and focus, read aloud. */
  readonly label: string;
  /** It has nothing to open: a point that was refused. */
  readonly isClosed?: boolean;
}

export interface LegendEntry {
  readonly label: string;
  /** A CSS colour, usually of a theme token. */
  readonly color: string;
  /** None where words explain the other entries. */
  readonly shape: SeriesShape | "none";
}

/** Outlines that tell series apart; Observable Plot has them as symbols. */
export type SymbolShape = "circle" | "diamond" | "square" | "triangle" | "star";

/** Outlines that a legend has. */
export type SeriesShape = SymbolShape | "ring" | "bar";

export interface TableColumn {
  readonly label: string;
  /** Set to the left; numbers are set to the right. */
  readonly isText?: boolean;
}

export interface TableRow {
  readonly id: string;
  readonly cells: readonly string[];
  /** As of its point. */
  readonly isClosed?: boolean;
}

/** The numbers behind a drawing. */
export interface ChartTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

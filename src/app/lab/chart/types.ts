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
  readonly shape: SeriesShape;
}

/** Shapes of Observable Plot, and a line; `none` for words that explain the others. */
export type SeriesShape = "circle" | "diamond" | "square" | "triangle" | "star" | "ring" | "line" | "none";

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

/**
 * @file A chart with all that belongs to it: title, drawing, legend, a summary for who cannot see it, the numbers as a
 * table, and both as files.
 */
import { Table2 } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { IconButton } from "../../editor/controls/IconButton.tsx";
import { Boundary } from "../controls/Boundary.tsx";
import { saveFile } from "../controls/saveFile.ts";
import styles from "./chart.module.css";
import { DataTable } from "./DataTable.tsx";
import { Drawing, type DrawingProps } from "./Drawing.tsx";
import { Legend } from "./Legend.tsx";
import type { ChartPoint, ChartTable, LegendEntry } from "./types.ts";

export interface ChartProps {
  readonly title: string;
  /** What the drawing shows, in a sentence or two. */
  readonly summary: string;
  /** Gives the drawing for a width in pixels; its identity says whether it must be drawn again. */
  readonly draw: DrawingProps["draw"];
  readonly table: ChartTable;
  readonly legend?: readonly LegendEntry[];
  /** What the shapes of the mark of class `points` stand for, in the order of its data. */
  readonly points?: readonly ChartPoint[];
  /** Opens a point, by its id or that of its row. */
  readonly onOpen?: (id: string) => void;
  /** What opening does, as `Open in the editor`. */
  readonly openLabel?: string;
  /** Name of the files, without ending. */
  readonly fileName: string;
}

const nothing: readonly never[] = [];

/** An error in it takes the chart, not what stands around it. */
export function Chart(props: ChartProps) {
  return (
    <Boundary name={`The chart “${props.title}”`} shows={props.draw}>
      <Figure {...props} />
    </Boundary>
  );
}

function Figure({
  title,
  summary,
  draw,
  table,
  legend = nothing,
  points = nothing,
  onOpen,
  openLabel = "Open",
  fileName,
}: ChartProps) {
  const id = useId();
  const svg = useRef<SVGSVGElement>(null);
  const [hasTable, setHasTable] = useState(false);
  const save = async (kind: "svg" | "png") => {
    if (!svg.current) return;
    const { toPng, toSvg } = await import("./exportDrawing.ts");
    const chart = { svg: svg.current, title, summary, legend };
    if (kind === "svg") saveFile(`${fileName}.svg`, await toSvg(chart), "image/svg+xml");
    else saveFile(`${fileName}.png`, await toPng(chart), "image/png");
  };
  return (
    <figure className={styles["chart"]} aria-labelledby={`${id}title`} aria-describedby={`${id}summary`}>
      <figcaption className={styles["header"]}>
        <span id={`${id}title`} className={styles["title"]}>
          {title}
        </span>
        <span className={styles["tools"]}>
          <IconButton
            label={hasTable ? `Hide the table of ${title}` : `Show ${title} as a table`}
            icon={<Table2 />}
            pressed={hasTable}
            onClick={() => setHasTable(!hasTable)}
          />
          <Button variant="quiet" onClick={() => void save("svg")}>
            SVG
          </Button>
          <Button variant="quiet" onClick={() => void save("png")}>
            PNG
          </Button>
        </span>
      </figcaption>
      <p id={`${id}summary`} className={styles["hidden"]}>
        {summary}
      </p>
      <Legend entries={legend} />
      <Drawing title={title} summary={summary} draw={draw} points={points} onOpen={onOpen} svg={svg} />
      {hasTable && <DataTable title={title} table={table} onOpen={onOpen} openLabel={openLabel} />}
    </figure>
  );
}

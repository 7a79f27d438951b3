/** @file The board as one table: a network a row, a figure a column, each with its difference from the baseline. */
import { useStore } from "zustand";
import { Explain } from "../../../editor/controls/Explain.tsx";
import { baselineOf } from "../board.ts";
import { labStore } from "../labStore.ts";
import styles from "./board.module.css";
import { differenceOf } from "./difference.ts";
import { countedFigures, type Figure, type Figures, figures } from "./figures.ts";
import { scaleOf } from "./scale.ts";
import { VariantHeader } from "./VariantHeader.tsx";

export function BoardTable() {
  const variants = useStore(labStore, (state) => state.variants);
  const baseline = useStore(labStore, baselineOf);
  const rows = variants.map((variant) => ({ variant, values: countedFigures(variant.network) }));
  const against = rows.find(({ variant }) => variant === baseline)?.values ?? {};
  const columns = figures.map((figure) => ({
    figure,
    scale: scaleOf(
      rows.flatMap(({ values }) => values[figure.id] ?? []),
      figure.units,
    ),
  }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className={styles["scroll"]} aria-label="Board" tabIndex={0}>
      <table className={styles["table"]} aria-label="Networks">
        <thead>
          <tr>
            <th scope="col">Network</th>
            {columns.map(({ figure: { id, label, method }, scale }) => (
              <th scope="col" key={id} data-number>
                <span className={styles["column"]}>
                  {label} {scale.unit && <span className={styles["unit"]}>{scale.unit}</span>}
                  <Explain subject={label}>{method}</Explain>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ variant, values }, place) => (
            <tr key={variant.id} data-baseline={variant === baseline || undefined}>
              <th scope="row">
                <VariantHeader variant={variant} place={place} isBaseline={variant === baseline} />
              </th>
              {columns.map(({ figure, scale }) => (
                <td key={figure.id} data-number>
                  <FigureCell
                    figure={figure}
                    values={values}
                    against={variant === baseline ? undefined : against}
                    format={scale.format}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface FigureCellProps {
  readonly figure: Figure;
  readonly values: Figures;
  /** The baseline's; undefined in its own row. */
  readonly against: Figures | undefined;
  readonly format: (value: number) => string;
}

function FigureCell({ figure: { id, isLessBetter }, values, against, format }: FigureCellProps) {
  const value = values[id];
  const base = against?.[id];
  if (value === undefined) return <span className={styles["absent"]}>not measured</span>;
  const difference = base === undefined ? undefined : differenceOf(value, base, { isLessBetter });
  return (
    <>
      {format(value)}
      {difference && (
        <span className={styles["difference"]} data-verdict={difference.verdict}>
          {difference.text}
        </span>
      )}
    </>
  );
}

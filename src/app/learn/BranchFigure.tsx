/** @file The four kernels of the Inception depthwise convolution, drawn to scale for k = 11. */
import styles from "./learn.module.css";

const cell = 4;
const k = 11;

const kernels = [
  { name: "identity", width: 1, height: 1, color: "var(--branch-identity)" },
  { name: "3 × 3", width: 3, height: 3, color: "var(--branch-square)" },
  { name: "1 × 11", width: k, height: 1, color: "var(--branch-band-w)" },
  { name: "11 × 1", width: 1, height: k, color: "var(--branch-band-h)" },
] as const;

const column = 84;

export function BranchFigure() {
  const height = k * cell;
  return (
    <svg
      className={styles["figure"]}
      viewBox={`0 0 ${column * kernels.length} ${height + 24}`}
      role="img"
      aria-label="The four branches: identity, a 3 by 3 square kernel, a 1 by 11 band, an 11 by 1 band"
    >
      {kernels.map(({ name, width, height: rows, color }, index) => {
        const center = column * (index + 0.5);
        return (
          <g key={name}>
            <rect
              x={center - (k * cell) / 2}
              y={0}
              width={k * cell}
              height={height}
              rx={3}
              className={styles["field"]}
            />
            <rect
              x={center - (width * cell) / 2}
              y={(height - rows * cell) / 2}
              width={width * cell}
              height={rows * cell}
              rx={1}
              fill={color}
            />
            <text x={center} y={height + 17} textAnchor="middle">
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

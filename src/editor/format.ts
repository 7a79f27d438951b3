/** @file Numbers as people read them. A thin space stands between number and unit. */
import type { Shape, Size2d } from "../model/graph/types.ts";

/** Three significant digits with k, M, G or T: `4.16 M`. Whole numbers below 1000 stay whole. */
export function formatCount(value: number): string {
  if (Math.abs(value) < 1000) return String(Math.round(value * 100) / 100);
  const units = ["k", "M", "G", "T"];
  let scaled = value;
  let unit = -1;
  while (Math.abs(scaled) >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return `${significant(scaled)} ${units[unit]}`;
}

/** Every digit, in groups of three: `4 156 520`. */
export function formatExact(value: number): string {
  return grouped.format(value).replaceAll(",", " ");
}

/** Making one costs more than using it a hundred times. */
const grouped = new Intl.NumberFormat("en-GB");

/** Bytes in powers of 1000: `16.6 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const scaled = formatCount(bytes);
  return `${scaled.replace("k", "kB").replace("M", "MB").replace("G", "GB").replace("T", "TB")}`;
}

/** A share from 0 to 1 in per cent: `17 %`, `4.2 %`, `0.36 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.005) return "<0.01 %";
  if (percent < 0.995) return `${percent.toFixed(2)} %`;
  return `${percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** Milliseconds: `0.012 ms`, `4.2 ms`, `120 ms`. */
export function formatMs(ms: number): string {
  if (ms >= 100) return `${ms.toFixed(0)} ms`;
  return `${ms >= 1 ? significant(ms) : ms.toFixed(3)} ms`;
}

/** A round number of milliseconds without its unit: `0.003`, `30`. */
export function formatBound(ms: number): string {
  return ms.toFixed(ms >= 1 ? 0 : Math.ceil(-Math.log10(ms)));
}

/** `C × H × W` of a feature map, `C` of a vector. */
export function formatShape(shape: Shape | readonly number[]): string {
  return shape.join(" × ");
}

/** `height × width`. */
export function formatKernel([height, width]: Size2d): string {
  return `${height} × ${width}`;
}

/** A ratio with as few digits as tell it apart: `0.125`, `0.3333`. */
export function formatRatio(ratio: number): string {
  return String(Number(ratio.toFixed(4)));
}

function significant(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

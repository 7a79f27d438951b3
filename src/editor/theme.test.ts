/** @file The colours keep their promises: contrast by WCAG 2, branch colours told apart by everyone. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");

type Rgb = readonly [number, number, number];

const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light: linear(light), dark: linear(dark) }] as const,
  ),
);

function color(name: string, theme: "light" | "dark"): Rgb {
  const token = tokens.get(name);
  if (!token) throw new Error(`theme.css has no colour ${name}`);
  return token[theme];
}

/** Linear sRGB, 0 to 1. */
function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, bl]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const apply = (matrix: readonly Rgb[], v: Rgb) =>
  matrix.map((row) => Math.min(1, Math.max(0, row[0] * v[0] + row[1] * v[1] + row[2] * v[2])));

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const visions: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function oklab([r = 0, g = 0, b = 0]: readonly number[]): readonly number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const surfaces = ["surface-canvas", "surface-panel", "surface-card", "surface-inset", "surface-control"];
const branches = ["branch-identity", "branch-square", "branch-band-w", "branch-band-h"];
const series = ["series-1", "series-2", "series-3", "series-4", "series-5"];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(["text-primary", "text-secondary", "text-tertiary", "better", "worse", "warning", "accent"])(
    "has %s readable on every surface (4.5:1)",
    (text) => {
      for (const surface of surfaces) {
        expect(contrast(color(text, theme), color(surface, theme)), surface).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each([
    ["text-primary", "surface-active"],
    ["text-secondary", "surface-hover"],
    ["text-on-accent", "accent"],
    ["text-on-accent", "accent-hover"],
    ["text-on-tooltip", "surface-tooltip"],
    ["accent", "accent-soft"],
    ["better", "better-soft"],
    ["worse", "worse-soft"],
    ["warning", "warning-soft"],
    ["differs", "differs-soft"],
    ["text-primary", "differs-soft"],
    ["surface-card", "differs"],
  ])("has %s readable on %s (4.5:1)", (text, surface) => {
    expect(contrast(color(text, theme), color(surface, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([...branches, ...series, "border-strong", "differs"])(
    "has %s visible on every surface (3:1)",
    (name) => {
      for (const surface of surfaces) {
        expect(contrast(color(name, theme), color(surface, theme)), surface).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it.each(Object.keys(visions))("has branch and series colours apart under %s", (vision) => {
    for (const names of [branches, series]) {
      const seen = names.map((name) => oklab(apply(visions[vision] ?? [], color(name, theme))));
      for (const [index, a] of seen.entries()) {
        for (const b of seen.slice(index + 1)) {
          expect(Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)))).toBeGreaterThan(0.13);
        }
      }
    }
  });
});

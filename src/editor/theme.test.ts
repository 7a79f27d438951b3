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

/** As `color-mix(in srgb, a share, b)`, on linear values. */
function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const encode = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
  const decode = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const channel = (one: number, other: number) => decode(share * encode(one) + (1 - share) * encode(other));
  return [channel(a[0], b[0]), channel(a[1], b[1]), channel(a[2], b[2])];
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
const branches = ["branch-identity", "branch-square", "branch-band-w", "branch-band-h", "branch-average"];
const heats = ["heat-1", "heat-2", "heat-3", "heat-4", "heat-5", "heat-6"];
const heatTint = Number(/--heat-tint: ([\d.]+)%/.exec(css)?.[1]) / 100;
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

  it("has text readable on the tint of the longest times (4.5:1)", () => {
    for (const surface of ["surface-card", "surface-inset"]) {
      const tinted = mix(color("heat-4", theme), color(surface, theme), heats.length * heatTint);
      for (const text of ["text-primary", "text-secondary", "text-tertiary"]) {
        expect(contrast(color(text, theme), tinted), text).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("has the steps of time further and further from the surface, and apart under every vision", () => {
    const card = color("surface-card", theme);
    const steps = heats.map((heat) => color(heat, theme));
    for (const matrix of Object.values(visions)) {
      const lightness = [card, ...steps].map((step) => oklab(apply(matrix, step))[0] ?? 0);
      for (const [index, value] of lightness.slice(1).entries()) {
        expect(Math.abs(value - (lightness[index] ?? 0)), heats[index]).toBeGreaterThan(0.05);
        expect(Math.sign(value - (lightness[index] ?? 0))).toBe(theme === "light" ? -1 : 1);
      }
    }
    expect(contrast(color("heat-6", theme), card)).toBeGreaterThanOrEqual(4.5);
  });

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

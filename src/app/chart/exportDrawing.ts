/**
 * @file A drawing as a file that needs nothing else: colours as numbers, the font inside, title and legend on it.
 */
import interUrl from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { shapePaths } from "./shapes.ts";
import type { LegendEntry, SeriesShape } from "./types.ts";

export interface ExportedChart {
  readonly svg: SVGSVGElement;
  readonly title: string;
  /** Becomes the file's description. */
  readonly summary: string;
  readonly legend: readonly LegendEntry[];
}

const namespace = "http://www.w3.org/2000/svg";
/** Pixels around the drawing. */
const padding = 16;
const titleHeight = 28;
const legendHeight = 22;
/** Pixels of a PNG for each of the drawing's. */
const pngScale = 2;

/** Presentation that reaches the drawing through stylesheets, as attributes of SVG. */
const copied = [
  "opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
  "paint-order",
] as const;

/** The drawing as the text of an SVG file. */
export async function toSvg({ svg, title, summary, legend }: ExportedChart): Promise<string> {
  const { width, height } = sizeOf(svg);
  const colors = new ColorReader();
  const family = getComputedStyle(svg).fontFamily;
  const ink = (color: string) => colors.hex(resolved(svg, color)).color;
  const rows = legendRows(legend, width, `11px ${family}`);
  const top = padding + titleHeight + rows.length * legendHeight;
  const size = { width: width + 2 * padding, height: top + height + padding };
  const out = document.createElementNS(namespace, "svg");
  setAll(out, { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: "img" });
  const words = (text: string, x: number, y: number, color: string, fontSize: number, weight: number) =>
    element(
      "text",
      { x, y, fill: ink(color), "font-family": family, "font-size": fontSize, "font-weight": weight },
      text,
    );
  out.append(
    element("title", {}, title),
    element("desc", {}, summary),
    element("style", {}, await fontFace()),
    element("rect", { width: "100%", height: "100%", fill: colors.hex(surfaceBehind(svg)).color }),
    words(title, padding, padding + 13, "var(--text-primary)", 13, 620),
  );
  for (const [place, row] of rows.entries()) {
    const y = padding + titleHeight + place * legendHeight + 5;
    for (const { entry, x } of row) {
      const { label, shape, color } = entry;
      const place = { x: padding + x, y, color: ink(color), edge: ink("var(--border-strong)") };
      if (shape !== "none") out.append(legendMark(shape, place));
      out.append(words(label, padding + x + markWidth(entry), y + 4, "var(--text-secondary)", 11, 420));
    }
  }
  const drawing = element("g", { transform: `translate(${padding} ${top})` });
  for (const child of svg.children) {
    const copy = copyOf(child, colors);
    if (copy) drawing.append(copy);
  }
  out.append(drawing);
  return new XMLSerializer().serializeToString(out);
}

/** The drawing as a PNG of twice its size. @throws Error where the browser cannot draw it. */
export async function toPng(chart: ExportedChart): Promise<Blob> {
  const text = await toSvg(chart);
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = pngScale * image.naturalWidth;
    canvas.height = pngScale * image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture could not be drawn."))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A copy that looks the same without the page's stylesheets. */
function copyOf(original: Element, colors: ColorReader): Element | undefined {
  if (original instanceof SVGStyleElement || !(original instanceof SVGElement)) return undefined;
  const copy = document.createElementNS(namespace, original.localName);
  for (const { name, value } of original.attributes) {
    const isOfPage = /^(aria-|data-|class$|style$|tabindex$|role$)/.test(name);
    if (!isOfPage) copy.setAttribute(name, value);
  }
  const style = getComputedStyle(original);
  for (const paint of ["fill", "stroke"] as const) {
    const { color, alpha } = colors.hex(style.getPropertyValue(paint));
    copy.setAttribute(paint, color);
    const opacity = alpha * Number(style.getPropertyValue(`${paint}-opacity`));
    if (opacity < 1) copy.setAttribute(`${paint}-opacity`, opacity.toFixed(3));
  }
  for (const name of copied) copy.setAttribute(name, style.getPropertyValue(name));
  for (const child of original.childNodes) {
    if (child instanceof Element) {
      const inner = copyOf(child, colors);
      if (inner) copy.append(inner);
    } else copy.append(child.cloneNode());
  }
  return copy;
}

/** Turns any colour that a browser computes into one that every program reads. */
class ColorReader {
  readonly #context = pixel();
  readonly #known = new Map<string, { readonly color: string; readonly alpha: number }>();

  hex(color: string): { readonly color: string; readonly alpha: number } {
    if (color === "none" || color.startsWith("url(")) return { color, alpha: 1 };
    let known = this.#known.get(color);
    if (!known) {
      known = this.#read(color);
      this.#known.set(color, known);
    }
    return known;
  }

  #read(color: string) {
    this.#context.clearRect(0, 0, 1, 1);
    this.#context.fillStyle = color;
    this.#context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = this.#context.getImageData(0, 0, 1, 1).data;
    const digits = [red, green, blue].map((channel) => channel.toString(16).padStart(2, "0"));
    return { color: `#${digits.join("")}`, alpha: alpha / 255 };
  }
}

function pixel(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser draws no pictures.");
  return context;
}

/** Pixels before an entry's words. */
function markWidth({ shape }: LegendEntry): number {
  return shape === "none" ? 0 : 16;
}

interface PlacedEntry {
  readonly entry: LegendEntry;
  readonly x: number;
}

/** The legend in as many rows as `width` needs. */
function legendRows(legend: readonly LegendEntry[], width: number, font: string): readonly PlacedEntry[][] {
  const context = pixel();
  context.font = font;
  const rows: PlacedEntry[][] = [];
  let x = 0;
  for (const entry of legend) {
    const needed = markWidth(entry) + context.measureText(entry.label).width;
    if (rows.length === 0 || x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, x });
    x += needed + 16;
  }
  return rows;
}

/** A CSS colour with its variables and theme worked out where `at` stands. */
function resolved(at: Element, color: string): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  (at.parentElement ?? document.body).append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** The first colour behind an element that can be seen. */
function surfaceBehind(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (color !== "transparent" && color !== "rgba(0, 0, 0, 0)") return color;
  }
  return "white";
}

function legendMark(
  shape: SeriesShape,
  {
    x,
    y,
    color,
    edge,
  }: { readonly x: number; readonly y: number; readonly color: string; readonly edge: string },
): SVGElement {
  const outline = shape === "square" ? { stroke: edge, "stroke-width": 0.75 } : {};
  const transform = `translate(${x + 6} ${y})`;
  return element("path", { d: shapePaths[shape], transform, fill: color, ...outline });
}

function sizeOf(svg: SVGSVGElement) {
  return { width: svg.width.baseVal.value, height: svg.height.baseVal.value };
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const made = document.createElementNS(namespace, name);
  setAll(made, attributes);
  if (text !== undefined) made.textContent = text;
  return made;
}

function setAll(target: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}

/** The page's font as part of the file. */
async function fontFace(): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(interUrl)).arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  const data = `data:font/woff2;base64,${btoa(binary)}`;
  return `@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(${data}) format("woff2")}`;
}

/**
 * @file Draws an SVG. No browser's `createImageBitmap` takes one from a blob, so an `Image` element does the work.
 */
import { ImageError } from "./imageError.ts";

/** The longest side that an SVG is drawn at, in pixels; a larger one is scaled down. */
const MAX_SIDE = 4096;

/** Whether `blob` is an SVG, by its type or by how its text begins. */
export async function isSvg(blob: Blob): Promise<boolean> {
  if (blob.type.startsWith("image/svg")) return true;
  const head = await blob.slice(0, 4096).text();
  return /^\s*<(\?xml|!--|!doctype\s+svg|svg)/i.test(head) && /<svg[\s>]/i.test(head);
}

/**
 * The SVG in `blob` on white at its own size (at most 4096 pixels on the longer side). Scripts in it do not run and
 * nothing that it links to is loaded. Rejects with an ImageError in a worker and where it can't be drawn.
 */
export async function rasteriseSvg(blob: Blob): Promise<ImageBitmap> {
  if (typeof Image === "undefined") throw new ImageError("svg-needs-page");
  try {
    const image = new Image();
    image.src = await toDataUrl(new Blob([blob], { type: "image/svg+xml" }));
    await image.decode();
    const { naturalWidth, naturalHeight } = image;
    if (naturalWidth === 0 || naturalHeight === 0) throw new Error("The SVG has no size of its own.");
    const scale = Math.min(1, MAX_SIDE / Math.max(naturalWidth, naturalHeight));
    const width = Math.max(1, Math.round(naturalWidth * scale));
    const height = Math.max(1, Math.round(naturalHeight * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gave no 2D canvas to draw on.");
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    return canvas.transferToImageBitmap();
  } catch (cause) {
    throw new ImageError("svg", { cause });
  }
}

/** A data URL, because a canvas that draws an SVG with HTML in it from a blob URL can't be read any more. */
function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}

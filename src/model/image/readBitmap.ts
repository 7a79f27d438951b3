/**
 * @file The pixels of an ImageBitmap, exact even under transparency.
 *
 * A 2D canvas gives opaque pixels exactly, but stores colour times alpha, so the colour under a transparent pixel is lost.
 * WebGL leaves it alone; it is asked only for tiles that are not opaque, because not every machine has it. (WebCodecs'
 * ImageDecoder was measured too: its JPEG and WebP pixels are up to 88 levels off, for lack of smooth chroma.)
 */
import type { RgbImage } from "./transform.ts";

/** Side of the square tiles that are read at a time: bounds memory, and every WebGL 2 texture may be this large. */
const TILE = 2048;

/** A part of a bitmap, in pixels. */
interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * All pixels of `bitmap` (made with `premultiplyAlpha: "none"`) as RGB, alpha dropped. Without WebGL the colour of
 * translucent pixels is rounded (by up to 128 / alpha levels) and that of fully transparent ones is black.
 */
export function readBitmap(bitmap: ImageBitmap): RgbImage {
  const { width, height } = bitmap;
  const data = new Uint8ClampedArray(width * height * 3);
  const canvas = new OffscreenCanvas(Math.min(TILE, width), Math.min(TILE, height));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gave no 2D canvas to read pictures with.");
  context.globalCompositeOperation = "copy";
  let webgl: WebglReader | undefined;
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < width; x += TILE) {
      const tile = { x, y, width: Math.min(TILE, width - x), height: Math.min(TILE, height - y) };
      context.drawImage(bitmap, -x, -y);
      const drawn = context.getImageData(0, 0, tile.width, tile.height).data;
      if (isOpaque(drawn)) {
        store(data, width, tile, drawn);
      } else {
        webgl ??= openWebgl();
        store(data, width, tile, webgl.read(bitmap, tile) ?? drawn);
      }
    }
  }
  webgl?.close();
  return { width, height, data };
}

function isOpaque(rgba: Uint8ClampedArray): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
}

/** Copies the RGBA pixels of `tile` to its place in the RGB picture `data`, which is `width` pixels wide. */
function store(data: Uint8ClampedArray, width: number, tile: Tile, rgba: ArrayLike<number>): void {
  let i = 0;
  for (let y = 0; y < tile.height; y++) {
    let o = ((tile.y + y) * width + tile.x) * 3;
    for (let x = 0; x < tile.width; x++, i += 4) {
      data[o++] = rgba[i] ?? 0;
      data[o++] = rgba[i + 1] ?? 0;
      data[o++] = rgba[i + 2] ?? 0;
    }
  }
}

interface WebglReader {
  /** The RGBA pixels of `tile`, colour not multiplied by alpha, or undefined where WebGL can't give them. */
  read(bitmap: ImageBitmap, tile: Tile): Uint8Array | undefined;
  close(): void;
}

function openWebgl(): WebglReader {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) return { read: () => undefined, close: () => {} };
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  return {
    read(bitmap, { x, y, width, height }) {
      gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, x);
      gl.pixelStorei(gl.UNPACK_SKIP_ROWS, y);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
      const target = [gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D] as const;
      gl.framebufferTexture2D(...target, gl.getParameter(gl.TEXTURE_BINDING_2D), 0);
      const rgba = new Uint8Array(width * height * 4);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
      return gl.getError() === gl.NO_ERROR ? rgba : undefined;
    },
    close: () => gl.getExtension("WEBGL_lose_context")?.loseContext(),
  };
}

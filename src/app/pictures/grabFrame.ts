/** @file Frames of a camera's stream as pixels. */
import type { RgbImage } from "../../model/image/transform.ts";

/** Longer side of a frame, in pixels: networks see fewer. */
const longest = 640;

export class FrameGrabber {
  readonly #video: HTMLVideoElement;
  readonly #signal: AbortSignal;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #lastTime = -1;

  private constructor(video: HTMLVideoElement, signal: AbortSignal) {
    this.#video = video;
    this.#signal = signal;
    const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
    const side = (pixels: number) => Math.max(1, Math.round(scale * pixels));
    this.#canvas = new OffscreenCanvas(side(video.videoWidth), side(video.videoHeight));
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser gave no 2D canvas to read the camera with.");
    this.#context = context;
  }

  /** Ends when the stream's first frame is there. @throws DOMException; the signal's reason. */
  static async of(stream: MediaStream, signal: AbortSignal): Promise<FrameGrabber> {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    await video.play();
    signal.throwIfAborted();
    return new FrameGrabber(video, signal);
  }

  /** Waits for a frame that was not given yet. @throws the signal's reason. */
  async next(): Promise<RgbImage> {
    do {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      this.#signal.throwIfAborted();
    } while (this.#video.currentTime === this.#lastTime);
    this.#lastTime = this.#video.currentTime;
    const { width, height } = this.#canvas;
    this.#context.drawImage(this.#video, 0, 0, width, height);
    const { data } = this.#context.getImageData(0, 0, width, height);
    const rgb = new Uint8ClampedArray(3 * width * height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let channel = 0; channel < 3; channel++) rgb[3 * pixel + channel] = data[4 * pixel + channel] ?? 0;
    }
    return { width, height, data: rgb };
  }

  /** The frame that was given last, as a file. */
  still(): Promise<Blob> {
    return this.#canvas.convertToBlob({ type: "image/png" });
  }
}

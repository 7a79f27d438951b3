/** @file Frames on their way to the network: one at a time, so that none is ever queued. */
import type { RgbImage } from "../../model/image/transform.ts";

export interface FramePath {
  /** The newest frame that has not been given yet; what came before it is dropped. */
  readonly next: () => Promise<RgbImage>;
  /** Ends when the network has answered. */
  readonly show: (frame: RgbImage) => Promise<void>;
  readonly onShown: () => void;
  readonly signal: AbortSignal;
}

/** Runs until the signal is aborted. @throws what `next` and `show` throw before that. */
export async function passFrames({ next, show, onShown, signal }: FramePath): Promise<void> {
  while (!signal.aborted) {
    const frame = await next();
    if (signal.aborted) return;
    await show(frame);
    if (!signal.aborted) onShown();
  }
}

/** Frames that a rate is taken over. */
const window = 12;

/** How many frames a second were shown lately. */
export class FrameRate {
  #times: readonly number[] = [];

  /** @param now In milliseconds. @returns Frames a second; undefined after the first. */
  add(now: number): number | undefined {
    this.#times = [...this.#times, now].slice(-window);
    const [first = now] = this.#times;
    return now > first ? (1000 * (this.#times.length - 1)) / (now - first) : undefined;
  }
}

/** @file Channels padded to a multiple of 4, as all kernels want them, and back. */
import { padded } from "./kernel.ts";

/** `[..., channels]` to `[..., padded(channels)]`; what is added is 0. The same array where nothing is to add. */
export function padChannels(data: Float32Array, channels: number): Float32Array {
  const width = padded(channels);
  if (width === channels) return data;
  const pixels = data.length / channels;
  const out = new Float32Array(pixels * width);
  for (let pixel = 0; pixel < pixels; pixel++) {
    out.set(data.subarray(pixel * channels, (pixel + 1) * channels), pixel * width);
  }
  return out;
}

/** The reverse of `padChannels`. */
export function unpadChannels(data: Float32Array, channels: number): Float32Array {
  const width = padded(channels);
  if (width === channels) return data;
  const pixels = data.length / width;
  const out = new Float32Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    out.set(data.subarray(pixel * width, pixel * width + channels), pixel * channels);
  }
  return out;
}

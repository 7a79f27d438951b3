/** @file Tells a file of measurements, one or a list, from an architecture's; both are JSON. */

export function looksLikeRecord(text: string): boolean {
  return /^\s*\uFEFF?\s*[[{][\s\S]*"samplesMs"/.test(text);
}

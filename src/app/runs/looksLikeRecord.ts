/** @file Tells a file of measurements, JSON of one or of a list or a table, from an architecture's. */
import { looksLikeCsv } from "../../model/benchmark/csv.ts";

export function looksLikeRecord(text: string): boolean {
  return /^\s*\uFEFF?\s*[[{][\s\S]*"samplesMs"/.test(text) || looksLikeCsv(text);
}

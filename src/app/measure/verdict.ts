/** @file What a comparison says, in words: the ratio on this device, and what the MACs would have said. */
import { verdictOf } from "../../model/benchmark/statistics.ts";
import type { Measurement } from "../../model/engine/api.ts";
import { speed } from "../words/format.ts";

/**
 * As `1.31× faster than InceptionNeXt-A on this device`, only where the rounds show it; undefined where nothing was
 * compared.
 */
export function verdictWords({ ratios }: Pick<Measurement, "ratios">): string | undefined {
  const [ratio] = ratios;
  if (!ratio) return undefined;
  const { text, verdict } = speed(ratio.median);
  if (verdictOf(ratio) === "undecided")
    return `No difference from ${ratio.b} that ${ratio.rounds} rounds can show`;
  return verdict === "same"
    ? `Same speed as ${ratio.b} on this device`
    : `${text} than ${ratio.b} on this device`;
}

/** What a count of multiply-accumulates alone would suggest. */
export function macsVerdict(macs: number, baselineMacs: number): string {
  const { text, verdict } = speed(macs / baselineMacs);
  return verdict === "same"
    ? "Going by MACs, they would be equally fast."
    : `Going by MACs, it would be ${text}.`;
}

/** @file What counting and the device say of a network against the others of a run: what why then explains. */
import type { BenchmarkRecord } from "../../../model/benchmark/record.ts";
import { type AnyNetwork, nameOf } from "../../../model/graph/network.ts";
import { costOfAny } from "../../network/costs.ts";
import { isSame } from "../../network/sameNetwork.ts";
import { resultFor, resultsOf } from "../../runs/results.ts";
import { speed } from "../../words/format.ts";
import { ratioText } from "../../words/ratioText.ts";

/** One sentence for every other network that ran in the same rounds; none where the network did not run. */
export function pairTexts(record: BenchmarkRecord, network: AnyNetwork): readonly string[] {
  const { variants } = record;
  const others = variants.filter(
    (one, place) =>
      !isSame(one.network, network) &&
      variants.findIndex((first) => isSame(first.network, one.network)) === place,
  );
  return others.flatMap((other) => {
    const against = resultFor(resultsOf(record, other), { name: nameOf(network), network })?.against;
    if (!against) return [];
    const { verdict, median, low, high, rounds } = against;
    const macs = speed(costOfAny(network).total.macs / costOfAny(other.network).total.macs).text;
    const device =
      verdict === "undecided" ? `no difference that ${rounds} rounds can show` : speed(median).text;
    return [
      `Against ${other.name}: MACs say ${macs}, your device says ${device} (time ratio ${ratioText(low)} to ${ratioText(high)}).`,
    ];
  });
}

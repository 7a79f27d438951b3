/** @file Under what conditions a run was made, in words. */
import type { BenchmarkRecord } from "../../model/benchmark/record.ts";
import { backendNames } from "../words/backendWords.ts";
import { browserName } from "../words/browserName.ts";

export function deviceText({ device: { backend, adapter, isSoftware } }: BenchmarkRecord): string {
  return `${backendNames[backend]} · ${adapter}${isSoftware ? ", in software" : ""}`;
}

/** Rounds that counted, which may be fewer than were asked for. */
function roundsOf({ variants }: BenchmarkRecord): number {
  return variants[0]?.samplesMs.length ?? 0;
}

export function settingsText(record: BenchmarkRecord): string {
  const { batch } = record.settings;
  return `batch of ${batch}, ${roundsOf(record)} rounds`;
}

/** In the reader's own way of writing dates; the time alone where it was today. */
export function dateText({ startedAt }: BenchmarkRecord, now = new Date()): string {
  const date = new Date(startedAt);
  const isToday = date.toDateString() === now.toDateString();
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  return isToday
    ? `today ${time}`
    : `${date.toLocaleDateString(undefined, { dateStyle: "medium" })}, ${time}`;
}

/** What was thrown out, in a sentence; undefined where nothing was. */
export function discardedText({
  discarded: { hidden, busy },
  settings,
  variants,
}: BenchmarkRecord): string | undefined {
  const reasons = [
    ...(hidden > 0 ? [`${rounds(hidden)} in which the page was hidden`] : []),
    ...(busy > 0 ? [`${rounds(busy)} in which the machine was busy or slowed down`] : []),
  ];
  if (reasons.length === 0) return undefined;
  const counted = variants[0]?.samplesMs.length ?? 0;
  const missing = settings.runs - counted;
  const rest = missing > 0 ? ` ${rounds(missing)} could not be made up for.` : " They were run again.";
  return `Thrown out: ${reasons.join(" and ")}.${rest}`;
}

/** As `2 rounds thrown out`; undefined where none was. {@link discardedText} says why. */
export function discardedCount({ discarded: { hidden, busy } }: BenchmarkRecord): string | undefined {
  return hidden + busy > 0 ? `${rounds(hidden + busy)} thrown out` : undefined;
}

/** Everything else that tells two devices apart. */
export function environmentFacts({
  device,
}: BenchmarkRecord): readonly (readonly [label: string, value: string])[] {
  const { browser, driver, app, tfjs, crossOriginIsolated } = device;
  return [
    ["Browser", browserName(browser)],
    ["Driver", driver ?? "not told by the browser"],
    ["App", app],
    ["TensorFlow.js", tfjs],
    ["Cross-origin isolated", crossOriginIsolated ? "yes" : "no: one thread, coarser clocks"],
  ];
}

function rounds(count: number): string {
  return count === 1 ? "1 round" : `${count} rounds`;
}

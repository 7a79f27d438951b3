/** @file Under what conditions the operations were timed, and whether the times can be believed. */
import type { Explained } from "../../engine/tasks.ts";
import { backendText } from "../../words/backendWords.ts";
import { milliseconds, textOf } from "../../words/format.ts";
import { sumOf } from "./sumOf.ts";
import styles from "./why.module.css";

/** From this ratio of the sum to the whole on, the times on their own are doubtful. */
const farApart = 1.5;

/** How the times were taken, and what they leave out. */
export function Conditions({
  found: { profile },
  isPresent,
  isAboveProduct,
}: {
  readonly found: Explained;
  readonly isPresent: boolean;
  /** An operation multiplied clearly faster than what is called the fastest. */
  readonly isAboveProduct: boolean;
}) {
  const { backend, kernels, timer, msByNode, forwardMs, leastMs } = profile;
  const times = [...msByNode.values()];
  const sum = sumOf(times, (ms) => ms);
  const untold = times.filter((ms) => ms < leastMs).length;
  return (
    <div className={styles["note"]}>
      <p>
        {backendText(backend)}
        {backend.isSoftware && ", in software"}; one image, {kernels} kernels, timed by{" "}
        {timer === "timestamp" ? "the GPU's clock" : "the browser's clock"}. Each operation is timed on its
        own, {textOf(milliseconds(sum))} together; all in one go take {textOf(milliseconds(forwardMs))}.
        {sum > farApart * forwardMs &&
          " They lie far apart: something else kept the machine busy, or starting an operation costs much."}
        {untold > 0 &&
          ` ${untold} of ${times.length} took less than the ${textOf(milliseconds(leastMs))} that this clock can tell.`}
      </p>
      <p>
        What is fused is timed as one, under the name of its last layer. Bytes are the least that must be
        moved; an operation that fits a cache may rise above the memory roof.
        {isAboveProduct &&
          " One was faster than the matrix product, which was perhaps measured while something else ran: time again."}
        {isPresent && " The canvas shows every layer's time as a number and a bar."}
      </p>
    </div>
  );
}

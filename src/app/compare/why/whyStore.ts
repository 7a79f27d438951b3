/** @file The networks whose operations were timed in this visit, newest first. */
import { createStore } from "zustand/vanilla";
import type { AnyNetwork } from "../../../model/graph/network.ts";
import { presentId } from "../../board/NetworkSelect.tsx";
import type { Explained } from "../../engine/tasks.ts";
import { isSame } from "../../network/sameNetwork.ts";

interface WhyState {
  /** The present network, or the id of a variant. */
  readonly source: string;
  readonly explained: readonly Explained[];
}

export const whyStore = createStore<WhyState>()(() => ({ source: presentId, explained: [] }));

export function keepExplained(next: Explained): void {
  const others = whyStore.getState().explained.filter(({ network }) => !isSame(network, next.network));
  whyStore.setState({ explained: [next, ...others] });
}

/** What is known of a network on this backend. */
export function explainedOf(
  explained: readonly Explained[],
  network: AnyNetwork,
  adapter: string | undefined,
): Explained | undefined {
  return explained.find((one) => isSame(one.network, network) && one.profile.backend.adapter === adapter);
}

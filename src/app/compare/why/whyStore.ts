/** @file The networks whose operations were timed in this visit, newest first. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AnyNetwork } from "../../../model/graph/network.ts";
import { presentId } from "../../board/NetworkSelect.tsx";
import type { Explained } from "../../engine/tasks.ts";
import { isSame } from "../../network/sameNetwork.ts";

interface WhyState {
  /** The present network, or the id of a variant. */
  readonly source: string;
  readonly explained: readonly Explained[];
}

export interface WhyStore extends Omit<StoreApi<WhyState>, "setState"> {
  readonly choose: (source: string) => void;
  /** In the place of what was known of the same network. */
  readonly keep: (explained: Explained) => void;
}

export function createWhyStore(): WhyStore {
  const { setState: set, ...store } = createStore<WhyState>()(() => ({ source: presentId, explained: [] }));
  return {
    ...store,
    choose: (source) => set({ source }),
    keep: (next) => {
      const others = store.getState().explained.filter(({ network }) => !isSame(network, next.network));
      set({ explained: [next, ...others] });
    },
  };
}

/** What is known of a network on this backend. */
export function explainedOf(
  explained: readonly Explained[],
  network: AnyNetwork,
  adapter: string | undefined,
): Explained | undefined {
  return explained.find((one) => isSame(one.network, network) && one.profile.backend.adapter === adapter);
}

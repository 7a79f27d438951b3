/** @file What the canvas is handed from outside: the app's pictures, and a profile where one was measured. */
import { createContext, type ReactNode } from "react";
import type { TimeShares } from "../graph/time.ts";

export interface Slots {
  /** The picture that is predicted, in a square. */
  readonly image: ReactNode;
  /** The live predictions. */
  readonly predictions: ReactNode;
  readonly times: TimeShares | undefined;
}

export const SlotsContext = createContext<Slots>({ image: null, predictions: null, times: undefined });

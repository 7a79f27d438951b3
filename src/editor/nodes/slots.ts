/** @file What the canvas is handed from outside: the app's pictures, and a profile where one was measured. */
import { type CSSProperties, createContext, type ReactNode, useContext } from "react";
import { type Heat, heatBounds, heatOf } from "../graph/heat.ts";
import type { Times } from "../graph/time.ts";

export interface Slots {
  /** The picture that is predicted, in a square. */
  readonly image: ReactNode;
  /** The live predictions. */
  readonly predictions: ReactNode;
  readonly times: Times | undefined;
}

export const SlotsContext = createContext<Slots>({ image: null, predictions: null, times: undefined });

/** The step on the colour scale of a layer's or module's time; undefined where it has none of its own. */
export function useHeat(id: string): Heat | undefined {
  const { times } = useContext(SlotsContext);
  const ms = times?.msById.get(id);
  return times && ms !== undefined ? heatOf(ms, heatBounds(times.totalMs)) : undefined;
}

/** A step's colour for the style sheets. */
export function heatStyle(heat: Heat | undefined): CSSProperties | undefined {
  return heat && { "--step": heat, "--heat": `var(--heat-${heat})` };
}

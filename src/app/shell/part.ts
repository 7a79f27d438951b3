/** @file A part of the page that is loaded after the first screen. */
import type { ComponentType } from "react";

export interface Part<Props> {
  /** What a person calls it. */
  readonly name: string;
  /** Once it has been loaded. */
  readonly component: () => ComponentType<Props> | undefined;
  /** Rejects where it cannot be fetched; the next call tries again. */
  readonly load: () => Promise<void>;
}

export function partOf<Props>(name: string, fetch: () => Promise<ComponentType<Props>>): Part<Props> {
  let component: ComponentType<Props> | undefined;
  return {
    name,
    component: () => component,
    load: async () => {
      component ??= await fetch();
    },
  };
}

/** @file How much room there is, in the three sizes that the page is laid out for. */
import { useSyncExternalStore } from "react";

/** `narrow`: a phone, where panels are a sheet; `medium`: the gallery lies over the canvas; `wide`: all side by side. */
export type Layout = "narrow" | "medium" | "wide";

const narrow = "(max-width: 719px)";
const medium = "(max-width: 1199px)";

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => {
    if (matchMedia(narrow).matches) return "narrow";
    return matchMedia(medium).matches ? "medium" : "wide";
  });
}

function subscribe(onChange: () => void): () => void {
  const queries = [narrow, medium].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}

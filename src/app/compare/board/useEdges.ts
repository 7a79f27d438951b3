/** @file At which sides of what scrolls sideways there is more than can be seen. */
import { type RefObject, useEffect, useRef, useState } from "react";

export interface Edges {
  readonly "data-more-left": true | undefined;
  readonly "data-more-right": true | undefined;
}

const none: Edges = { "data-more-left": undefined, "data-more-right": undefined };

export function useEdges(): { readonly ref: RefObject<HTMLElement | null>; readonly edges: Edges } {
  const ref = useRef<HTMLElement>(null);
  const [edges, setEdges] = useState(none);
  useEffect(() => {
    const scrolled = ref.current;
    if (!scrolled) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = scrolled;
      // Positions are fractions of a pixel on some screens.
      const left = scrollLeft > 1 || undefined;
      const right = scrollLeft + clientWidth < scrollWidth - 1 || undefined;
      setEdges((before) =>
        before["data-more-left"] === left && before["data-more-right"] === right
          ? before
          : { "data-more-left": left, "data-more-right": right },
      );
    };
    const sizes = new ResizeObserver(look);
    for (const one of [scrolled, ...scrolled.children]) sizes.observe(one);
    scrolled.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      scrolled.removeEventListener("scroll", look);
    };
  }, []);
  return { ref, edges };
}

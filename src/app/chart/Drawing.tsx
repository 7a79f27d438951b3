/**
 * @file The drawing itself, by Observable Plot, in the width that there is. Its points are one stop of the Tab key; arrow
 * keys move among them, Enter or a click opens one.
 */
import * as Plot from "@observablehq/plot";
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import styles from "./chart.module.css";
import { type Box, nearestBox, pointAfterKey } from "./nearest.ts";
import { pointsClass } from "./style.ts";
import type { ChartPoint } from "./types.ts";

export interface DrawingProps {
  readonly title: string;
  readonly summary: string;
  /** Must keep its identity until something else is to be drawn. */
  readonly draw: (width: number) => Plot.PlotOptions;
  readonly points: readonly ChartPoint[];
  readonly onOpen: ((id: string) => void) | undefined;
  /** Where the drawing can be found, for export. */
  readonly svg: RefObject<SVGSVGElement | null>;
}

/** Pixels from a point within which the pointer means it. */
const reach = 24;

/** The point that is hovered or focused, and where its label stands: pixels in the frame. */
interface Active {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

export function Drawing({ title, summary, draw, points, onOpen, svg }: DrawingProps) {
  const frame = useRef<HTMLDivElement>(null);
  const shapes = useRef<readonly SVGElement[]>([]);
  const stop = useRef(0);
  const width = useWidth(frame);
  const [active, setActive] = useState<Active>();

  useLayoutEffect(() => {
    const place = frame.current?.firstElementChild;
    if (!place || width === 0) return;
    const hadFocus = place.contains(document.activeElement);
    const drawn = Plot.plot(draw(width)) as SVGSVGElement;
    place.replaceChildren(drawn);
    // The library names its groups after its marks, which says nothing to a person.
    for (const group of drawn.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
    svg.current = drawn;
    shapes.current = pointShapes(drawn);
    if (points.length === 0) {
      setAttributes(drawn, { role: "img", "aria-label": `${title}. ${summary}` });
      return;
    }
    setAttributes(drawn, { role: "group", "aria-label": title });
    for (const child of drawn.children) {
      if (!child.classList.contains(pointsClass)) child.setAttribute("aria-hidden", "true");
    }
    stop.current = Math.min(stop.current, points.length - 1);
    for (const [index, shape] of shapes.current.entries()) {
      setAttributes(shape, {
        role: onOpen && !points[index]?.isClosed ? "button" : "img",
        "aria-label": points[index]?.label ?? "",
        tabindex: index === stop.current ? 0 : -1,
      });
    }
    if (hadFocus) shapes.current[stop.current]?.focus();
  }, [draw, width, points, onOpen, title, summary, svg]);

  const show = (index: number | undefined) => {
    const shape = index === undefined ? undefined : shapes.current[index];
    const outer = frame.current?.getBoundingClientRect();
    for (const one of shapes.current) one.toggleAttribute("data-active", one === shape);
    if (index === undefined || !shape || !outer) {
      setActive(undefined);
      return;
    }
    const { left, right, top } = shape.getBoundingClientRect();
    setActive({ index, x: (left + right) / 2 - outer.left, y: top - outer.top });
  };
  const meant = ({ clientX, clientY }: MouseEvent) => {
    const boxes: readonly Box[] = shapes.current.map((shape) => shape.getBoundingClientRect());
    return nearestBox(boxes, { x: clientX, y: clientY }, reach);
  };
  const open = (index: number | undefined) => {
    const point = index === undefined ? undefined : points[index];
    if (point && !point.isClosed) onOpen?.(point.id);
  };
  const onClick = (event: MouseEvent) => {
    const index = meant(event);
    // A finger cannot hover: its first touch names the point, the second opens it.
    const isTouch = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === "touch";
    if (isTouch && active?.index !== index) show(index);
    else open(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = indexIn(shapes.current, event.target);
    if (index < 0) return;
    const next = pointAfterKey(event.key, index, shapes.current.length);
    if (next !== undefined) {
      event.preventDefault();
      shapes.current[index]?.setAttribute("tabindex", "-1");
      shapes.current[next]?.setAttribute("tabindex", "0");
      stop.current = next;
      shapes.current[next]?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(index);
    } else if (event.key === "Escape" && active) {
      event.stopPropagation();
      show(undefined);
    }
  };
  const hasPoints = points.length > 0;
  return (
    <div
      ref={frame}
      className={styles["frame"]}
      data-opens={(onOpen && active && points[active.index]?.isClosed !== true) || undefined}
      {...(hasPoints && {
        onPointerMove: (event) => event.pointerType !== "touch" && show(meant(event)),
        onPointerLeave: () => show(undefined),
        onFocus: (event) => {
          const index = indexIn(shapes.current, event.target);
          if (index >= 0) show(index);
        },
        onBlur: () => show(undefined),
        onClick,
        onKeyDown,
      })}
    >
      <div className={styles["place"]} />
      {active && points[active.index] && (
        <div
          className={styles["tip"]}
          aria-hidden
          style={{ left: Math.min(Math.max(active.x, 90), Math.max(90, width - 90)), top: active.y }}
        >
          {points[active.index]?.label}
        </div>
      )}
    </div>
  );
}

/** The shapes of the points in the order of the data, however Plot stacks them. */
function pointShapes(svg: SVGSVGElement): readonly SVGElement[] {
  const shapes = [...svg.querySelectorAll<SVGElement>(`.${pointsClass} > *`)];
  return shapes.sort((a, b) => indexOf(a) - indexOf(b));
}

function indexIn(shapes: readonly EventTarget[], target: EventTarget): number {
  return shapes.indexOf(target);
}

/** Plot ties the index of its datum to every shape. */
function indexOf(shape: SVGElement & { readonly __data__?: unknown }): number {
  return typeof shape.__data__ === "number" ? shape.__data__ : Number.POSITIVE_INFINITY;
}

function setAttributes(target: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}

/** Pixels of width that an element has; 0 before it is laid out. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

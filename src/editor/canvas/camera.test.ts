import { describe, expect, it } from "vitest";
import { lookAt, shiftInto } from "./camera.ts";

const scene = { width: 700, height: 720 };
const onScreen = (rect: { y: number; height: number }, view: { y: number; zoom: number }) => [
  rect.y * view.zoom + view.y,
  (rect.y + rect.height) * view.zoom + view.y,
];

describe("lookAt", () => {
  it("shows everything where that is readable, and not larger than is pleasant", () => {
    const view = lookAt({ width: 860, height: 788 }, scene, undefined);
    expect(view.zoom).toBeCloseTo((788 - 72) / 720);
    expect(lookAt({ width: 4000, height: 4000 }, scene, undefined).zoom).toBe(1.25);
  });

  it("leaves the key to the times free", () => {
    const view = lookAt({ width: 860, height: 788 }, scene, undefined, { hasTimeKey: true });
    expect(onScreen({ y: 0, height: 720 }, view)[1]).toBeCloseTo(788 - 58 - 40);
  });

  it("looks at what was opened where everything would be too small", () => {
    const tall = { width: 700, height: 1400 };
    const focus = { x: 0, y: 500, width: 700, height: 600 };
    const view = lookAt({ width: 860, height: 788 }, tall, focus);
    expect(view.zoom).toBe(1);
    const [top = 0, bottom = 0] = onScreen(focus, view);
    expect(top).toBeGreaterThanOrEqual(14);
    expect(bottom).toBeLessThanOrEqual(788 - 58);
  });

  it("begins at the top of what does not fit even so", () => {
    const view = lookAt(
      { width: 390, height: 600 },
      { width: 360, height: 2400 },
      { x: 0, y: 900, width: 360, height: 1200 },
    );
    expect(view.zoom).toBeGreaterThan(0.9);
    expect(900 * view.zoom + view.y).toBeCloseTo(14);
    const start = lookAt({ width: 390, height: 600 }, { width: 360, height: 1400 }, undefined);
    expect(start.y).toBe(14);
  });
});

describe("shiftInto", () => {
  const frame = { x: 100, y: 50, width: 400, height: 300 };
  it("does not move for what is in sight", () => {
    expect(shiftInto(frame, { x: 200, y: 100, width: 50, height: 50 })).toEqual({ x: 0, y: 0 });
  });
  it("moves as little as is needed", () => {
    expect(shiftInto(frame, { x: 60, y: 100, width: 50, height: 20 })).toEqual({ x: 56, y: 0 });
    expect(shiftInto(frame, { x: 200, y: 400, width: 50, height: 20 })).toEqual({ x: 0, y: -128 });
  });
});

import { describe, expect, it } from "vitest";
import { bounded, wholeHeight, wholeView, zoomedAbout } from "./pairCamera.ts";

const scene = { width: 724, height: 800 };
const pane = { width: 690, height: wholeHeight(690, scene) };
const whole = wholeView(pane.width, scene);

describe("the whole drawing", () => {
  it("is as wide as there is room, in the middle, and never blown up", () => {
    expect(whole.x).toBeCloseTo(20);
    expect(whole.x + scene.width * whole.zoom).toBeCloseTo(690 - 20);
    expect(whole.y + scene.height * whole.zoom).toBeCloseTo(pane.height - 20);
    const wide = wholeView(2000, scene);
    expect(wide.zoom).toBe(1);
    expect(wide.x).toBeCloseTo((2000 - 724) / 2);
  });
});

describe("a bounded view", () => {
  it("is the whole where it would be smaller", () => {
    expect(bounded(pane, scene, { x: -50, y: 3, zoom: 0.3 })).toEqual(whole);
  });

  it("stays where it shows nothing beside the drawing, and comes back where it would", () => {
    const inside = { x: -200, y: -300, zoom: 2 };
    expect(bounded(pane, scene, inside)).toEqual(inside);
    expect(bounded(pane, scene, { ...inside, x: 500, y: 500 })).toEqual({ zoom: 2, x: whole.x, y: 20 });
    const end = bounded(pane, scene, { ...inside, x: -9000, y: -9000 });
    expect(end.x + 2 * scene.width).toBeCloseTo(pane.width - 20);
    expect(end.y + 2 * scene.height).toBeCloseTo(pane.height - 20);
  });
});

it("zooms about a point that stays where it is", () => {
  const view = { x: 10, y: -20, zoom: 0.8 };
  const at = { x: 300, y: 200 };
  const next = zoomedAbout(view, 1.5, at);
  expect(next.zoom).toBeCloseTo(1.2);
  expect((at.x - next.x) / next.zoom).toBeCloseTo((at.x - view.x) / view.zoom);
  expect((at.y - next.y) / next.zoom).toBeCloseTo((at.y - view.y) / view.zoom);
});

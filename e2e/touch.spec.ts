/** @file By fingers alone, on a phone: a slider is dragged, the drawing is moved with one finger and spread with two. */
import type { CDPSession, Locator, Page } from "@playwright/test";
import { expect, test } from "./app.ts";
import { card, openRunning } from "./editor.ts";

test.use({ hasTouch: true });

interface Point {
  readonly x: number;
  readonly y: number;
}

const phone = { width: 390, height: 844 };
const drawing = (page: Page) => page.getByRole("region", { name: "Network", exact: true });

/** Puts fingers down, moves them in steps and lifts them. */
async function fingers(session: CDPSession, from: readonly Point[], to: readonly Point[]): Promise<void> {
  const send = (type: "touchStart" | "touchMove" | "touchEnd", points: readonly Point[]) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  await send("touchStart", from);
  const steps = 8;
  for (let step = 1; step <= steps; step++) {
    const part = step / steps;
    await send(
      "touchMove",
      from.map(({ x, y }, finger) => ({
        x: x + part * ((to[finger]?.x ?? x) - x),
        y: y + part * ((to[finger]?.y ?? y) - y),
      })),
    );
  }
  await send("touchEnd", []);
}

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox();
  if (!box) throw new Error("out of sight");
  return box;
}

/** The middle of a stage's name on its card. */
async function nameOf(page: Page, stage: number): Promise<Point> {
  const { x, y, width, height } = await boxOf(card(page, stage).getByText(`Stage ${stage}`, { exact: true }));
  return { x: x + width / 2, y: y + height / 2 };
}

test("a slider is dragged by a finger, as one step of undo", async ({ page, context }) => {
  await openRunning(page, { viewport: phone });
  const session = await context.newCDPSession(page);
  await card(page, 1).getByText("Stage 1", { exact: true }).tap();
  await page.getByRole("tab", { name: "Inspect" }).tap();
  const panel = page.getByRole("complementary", { name: "Panels" });
  const slider = panel.getByRole("slider", { name: /^Branch ratio/ }).first();
  const number = panel.getByRole("spinbutton", { name: /^Branch ratio .*as a number$/ }).first();
  await slider.scrollIntoViewIfNeeded();
  const before = await number.inputValue();
  const { x, y, width, height } = await boxOf(slider);
  const at = (share: number) => [{ x: x + share * width, y: y + height / 2 }];
  await fingers(session, at(0.7), at(0.2));
  await expect(number).not.toHaveValue(before);
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(number).toHaveValue(before);
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("one finger moves the drawing, two spread it", async ({ page, context }) => {
  await openRunning(page, { viewport: phone });
  const session = await context.newCDPSession(page);
  const { x, y, width, height } = await boxOf(drawing(page));
  const centre = { x: x + width / 2, y: y + height / 2 };
  const before = await boxOf(card(page, 1));
  await fingers(session, [centre], [{ x: centre.x - 60, y: centre.y - 90 }]);
  await expect.poll(async () => (await boxOf(card(page, 1))).x).toBeCloseTo(before.x - 60, 0);
  const moved = await boxOf(card(page, 1));
  expect(moved.width).toBeCloseTo(before.width, 1);
  expect(Math.abs(moved.y - before.y)).toBeGreaterThan(40);
  // On the names of two cards: a finger on a knob turns the knob.
  const [upper, lower] = [await nameOf(page, 1), await nameOf(page, 2)];
  const apart = lower.y - upper.y;
  await fingers(
    session,
    [upper, lower],
    [
      { ...upper, y: upper.y - apart / 2 },
      { ...lower, y: lower.y + apart / 2 },
    ],
  );
  await expect.poll(async () => (await boxOf(card(page, 1))).width).toBeCloseTo(2 * before.width, -1);
  // The page itself stays as it is.
  expect(await page.evaluate(() => [scrollX, scrollY, visualViewport?.scale])).toEqual([0, 0, 1]);
});

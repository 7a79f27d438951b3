import { expect, it } from "vitest";
import { FrameRate, passFrames } from "./frames.ts";

const frame = (level: number) => ({ width: 1, height: 1, data: new Uint8ClampedArray(3).fill(level) });
const turn = () => new Promise((resolve) => setTimeout(resolve));

it("takes the next frame only when the network has answered the one before", async () => {
  const abort = new AbortController();
  const answers: (() => void)[] = [];
  let taken = 0;
  let shown = 0;
  const passing = passFrames({
    next: async () => {
      taken += 1;
      return frame(taken);
    },
    show: () => new Promise((answer) => answers.push(answer)),
    onShown: () => {
      shown += 1;
    },
    signal: abort.signal,
  });
  await turn();
  expect([taken, shown]).toEqual([1, 0]);
  answers.shift()?.();
  await turn();
  expect([taken, shown]).toEqual([2, 1]);
  abort.abort();
  answers.shift()?.();
  await passing;
  expect([taken, shown]).toEqual([2, 1]);
});

it("shows no frame that arrives after the end", async () => {
  const abort = new AbortController();
  const path = {
    next: async () => {
      abort.abort();
      return frame(0);
    },
    show: () => Promise.reject(new Error("shown")),
    onShown: () => undefined,
    signal: abort.signal,
  };
  await expect(passFrames(path)).resolves.toBeUndefined();
});

it("ends with what the network says", async () => {
  const path = {
    next: async () => frame(0),
    show: () => Promise.reject(new Error("It does not run.")),
    onShown: () => undefined,
    signal: new AbortController().signal,
  };
  await expect(passFrames(path)).rejects.toThrow("It does not run.");
});

it("counts the frames of the last while", () => {
  const rate = new FrameRate();
  expect(rate.add(0)).toBeUndefined();
  expect(rate.add(500)).toBe(2);
  for (let now = 600; now <= 2000; now += 100) rate.add(now);
  expect(rate.add(2100)).toBeCloseTo(10);
});

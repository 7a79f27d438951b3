import { expect, it } from "vitest";
import { SerialQueue } from "./serial.ts";
import { type InTurn, TuningOnce } from "./tuningOnce.ts";

/** A tuning of three timings, which says what it does. */
function setting() {
  const queue = new SerialQueue();
  const tuning = new TuningOnce((job) => queue.run(job, "unhurried"));
  const order: string[] = [];
  const choose = async (inTurn: InTurn) => {
    for (const timing of ["first", "second", "third"]) await inTurn(async () => void order.push(timing));
    order.push("chosen");
  };
  const signal = new AbortController().signal;
  return { queue, tuning, order, choose, signal };
}

it("makes a measurement wait for a choice that was begun before it", async () => {
  const { queue, tuning, order, choose, signal } = setting();
  const device = {};
  const begun = tuning.begin(device, choose);
  const measured = queue.run(async () => {
    await tuning.beginWithin(device, choose, signal);
    order.push("measured");
  });
  // Asked for later, and for the whole queue: it does not come between.
  const other = queue.run(async () => void order.push("other"));
  await Promise.all([begun, measured, other]);
  expect(order).toEqual(["first", "second", "third", "chosen", "measured", "other"]);
});

it("lends the turn to timings that had queued up behind another job", async () => {
  const { queue, tuning, order, choose, signal } = setting();
  const device = {};
  const measured = queue.run(async () => {
    void tuning.begin(device, choose);
    await tuning.beginWithin(device, choose, signal);
    order.push("measured");
  });
  await Promise.all([measured, queue.run(async () => void order.push("other"))]);
  expect(order).toEqual(["first", "second", "third", "chosen", "measured", "other"]);
});

it("chooses once a device, also when that fails", async () => {
  const { tuning } = setting();
  const [one, other] = [{}, {}];
  let times = 0;
  const choose = async () => {
    times += 1;
    throw new Error("the device is gone");
  };
  await tuning.begin(one, choose);
  await tuning.begin(one, choose);
  await tuning.begin(other, choose);
  expect(times).toBe(2);
});

it("ends its wait when the one who waits is cancelled, and goes on choosing", async () => {
  const { queue, tuning, order, choose } = setting();
  const device = {};
  const cancelled = new AbortController();
  const measured = queue.run(() =>
    tuning.beginWithin(
      device,
      async (inTurn) => {
        await inTurn(async () => cancelled.abort(new Error("cancelled")));
        await choose(inTurn);
      },
      cancelled.signal,
    ),
  );
  await expect(measured).rejects.toThrow("cancelled");
  await tuning.begin(device, choose);
  expect(order).toEqual(["first", "second", "third", "chosen"]);
});

it("leaves nothing behind that would keep an edit out of the measurement", async () => {
  const { queue, tuning, order, choose, signal } = setting();
  const measured = queue.run(async () => {
    await tuning.beginWithin({}, choose, signal);
    const edited = queue.run(async () => void order.push("edited"), "between");
    await queue.letOthersIn();
    order.push("measured");
    return [edited];
  });
  await Promise.all(await measured);
  expect(order).toEqual(["first", "second", "third", "chosen", "edited", "measured"]);
});

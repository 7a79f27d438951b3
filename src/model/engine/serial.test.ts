import { describe, expect, it } from "vitest";
import { SerialQueue, type Turn } from "./serial.ts";

/** A queue whose jobs write down when they start. */
function logged() {
  const queue = new SerialQueue();
  const log: string[] = [];
  const add = (name: string, turn?: Turn) =>
    queue.run(async () => {
      log.push(name);
      return name;
    }, turn);
  return { queue, log, add };
}

describe("jobs", () => {
  it("run one after the other, in order, one that fails too", async () => {
    const { queue, log, add } = logged();
    let running = 0;
    const slow = (name: string) =>
      queue.run(async () => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((resolve) => setTimeout(resolve));
        log.push(name);
        running -= 1;
        if (name === "fails") throw new Error("It failed.");
        return name;
      });
    const failing = expect(slow("fails")).rejects.toThrow("It failed.");
    const others = Promise.all([slow("second"), add("third", "between"), slow("fourth")]);
    await failing;
    expect(await others).toEqual(["second", "third", "fourth"]);
    expect(log).toEqual(["fails", "second", "third", "fourth"]);
    expect(await add("later")).toBe("later");
  });

  it("that may come in between do, in order, where the one that runs lets them; nothing overtakes one that may not", async () => {
    const { queue, log, add } = logged();
    const lets: boolean[] = [];
    const long = queue.run(async () => {
      log.push("begin");
      await Promise.resolve();
      const early = [
        add("first", "between"),
        add("second", "between"),
        add("alone"),
        add("behind", "between"),
      ];
      lets.push(await queue.letOthersIn(), await queue.letOthersIn());
      log.push("end");
      return early;
    });
    await Promise.all(await long);
    expect(lets).toEqual([true, false]);
    expect(log).toEqual(["begin", "first", "second", "end", "alone", "behind"]);
  });

  it("that are in no hurry hold up nobody who may come in between, and don't come in themselves", async () => {
    const { queue, log, add } = logged();
    const long = queue.run(async () => {
      const early = [
        add("unhurried", "unhurried"),
        add("first", "between"),
        add("alone"),
        add("behind", "between"),
      ];
      await queue.letOthersIn();
      log.push("end");
      return early;
    });
    await Promise.all(await long);
    expect(log).toEqual(["first", "end", "unhurried", "alone", "behind"]);
  });
});

import { expect, it } from "vitest";
import type { Job } from "./jobs.ts";
import { awaitDone, end, newTickets, putUp, takeTasks } from "./tickets.ts";

/** A job of so many tasks. */
const jobOf = (tasks: number): Job => ({ kind: "gelu", start: 0, end: 16 * tasks, taskBytes: 16 });
const atOnce = { waits: 1, ms: 1 };

it("hands every task out once, and knows when all are done", () => {
  const tickets = newTickets();
  putUp(tickets, 1, jobOf(3));
  const taken: number[] = [];
  takeTasks(tickets, 3, (task) => taken.push(task));
  expect(taken).toEqual([0, 1, 2]);
  expect(() => awaitDone(tickets, 3, atOnce)).not.toThrow();
});

it("counts a task that ends after its job was given up into no later job", () => {
  const tickets = newTickets();
  putUp(tickets, 1, jobOf(1));
  takeTasks(tickets, 1, () => {
    // Meanwhile, whoever waited for it:
    expect(() => awaitDone(tickets, 1, atOnce)).toThrow("A thread has stopped");
    end(tickets, 1);
    putUp(tickets, 2, jobOf(1));
    end(tickets, 2);
  });
  expect(() => awaitDone(tickets, 1, atOnce)).toThrow("A thread has stopped");
});

it("gives no task of a job that was given up to who comes late", () => {
  const tickets = newTickets();
  putUp(tickets, 1, jobOf(2));
  end(tickets, 1);
  takeTasks(tickets, 2, () => expect.unreachable());
  expect(() => awaitDone(tickets, 2, atOnce)).toThrow("A thread has stopped");
});

it("tells jobs apart when their numbers start over", () => {
  const tickets = newTickets();
  for (const number of [2 ** 19 - 1, 2 ** 19, 2 ** 31]) {
    putUp(tickets, number, jobOf(2));
    takeTasks(tickets, 2, () => undefined);
    expect(() => awaitDone(tickets, 2, atOnce)).not.toThrow();
    end(tickets, number);
  }
});

it("refuses more tasks than it can count", () => {
  expect(() => putUp(newTickets(), 1, jobOf(5000))).toThrow(RangeError);
});

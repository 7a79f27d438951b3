/**
 * @file How threads share out the tasks of a job: tickets in shared memory, which each thread takes one at a time.
 *
 * The ticket holds the number of the job and of its next task, so that who takes one by compare-and-exchange knows that the
 * job still stands: the next job is written only when every ticket of this one was taken and its task is done, and while it
 * is written the ticket says that there is none. The count of the tasks that are done holds the job's number, too, so that
 * a thread that comes back after it was given up counts into no other job.
 */
import { decodeJob, encodeJob, type Job, tasksOf } from "./jobs.ts";

/** Words of the shared memory: the ticket, how many tasks of the job are done, and the job. */
const ticketAt = 0;
const doneAt = 1;
const jobAt = 2;
const words = 256;

/** A job has fewer tasks than these bits can count; the other bits of a word are the job's number. */
const taskBits = 12;
const none = 2 ** taskBits - 1;
/** So many jobs are told apart. */
const jobNumbers = 2 ** (31 - taskBits);

export function newTickets(): Int32Array<SharedArrayBuffer> {
  const tickets = new Int32Array(new SharedArrayBuffer(4 * words));
  tickets[ticketAt] = none;
  return tickets;
}

/** The word of a job with a count of its tasks. */
function wordOf(number: number, count: number): number {
  return ((number % jobNumbers) << taskBits) | count;
}

/**
 * Puts a job up and wakes who waits for one. The one before must have been ended.
 * @throws RangeError for a job of more tasks than can be counted.
 */
export function putUp(tickets: Int32Array, number: number, job: Job): void {
  if (tasksOf(job) >= none) throw new RangeError(`A job of ${tasksOf(job)} tasks can't be shared out.`);
  Atomics.store(tickets, doneAt, wordOf(number, 0));
  tickets.set(encodeJob(job), jobAt);
  Atomics.store(tickets, ticketAt, wordOf(number, 0));
  Atomics.notify(tickets, ticketAt);
}

/** After this, threads that come late find no job. */
export function end(tickets: Int32Array, number: number): void {
  Atomics.store(tickets, ticketAt, wordOf(number, none));
}

/** Runs tasks of the job until none is left to take. */
export function takeTasks(tickets: Int32Array, tasks: number, run: (task: number) => void): void {
  for (;;) {
    const ticket = Atomics.load(tickets, ticketAt);
    const task = ticket & none;
    if (task >= tasks) return;
    if (Atomics.compareExchange(tickets, ticketAt, ticket, ticket + 1) === ticket)
      finish(tickets, ticket, run);
  }
}

/** Looks so often before it sleeps: the next job of a forward comes within microseconds. */
const looks = 5000;

/** Takes tasks of every job that is put up, for ever. */
export function serve(tickets: Int32Array, run: (job: Job, task: number) => void): never {
  let known = -1;
  let job: Job | undefined;
  let tasks = 0;
  let seen = -1;
  let looked = 0;
  for (;;) {
    const ticket = Atomics.load(tickets, ticketAt);
    const number = ticket >>> taskBits;
    const task = ticket & none;
    if (ticket === seen || task === none || (number === known && task >= tasks)) {
      looked = ticket === seen ? looked + 1 : 0;
      seen = ticket;
      if (looked > looks) Atomics.wait(tickets, ticketAt, ticket);
      continue;
    }
    if (number !== known || !job) {
      job = decodeJob(tickets.slice(jobAt));
      tasks = tasksOf(job);
      known = number;
      if (task >= tasks) continue;
    }
    if (Atomics.compareExchange(tickets, ticketAt, ticket, ticket + 1) !== ticket) continue;
    const present = job;
    finish(tickets, ticket, () => run(present, task));
  }
}

/** Runs the task of the ticket and counts it, if its job still stands. */
function finish(tickets: Int32Array, ticket: number, run: (task: number) => void): void {
  run(ticket & none);
  for (;;) {
    const done = Atomics.load(tickets, doneAt);
    if (done >>> taskBits !== ticket >>> taskBits) return;
    if (Atomics.compareExchange(tickets, doneAt, done, done + 1) === done) break;
  }
  Atomics.notify(tickets, doneAt);
}

/** A thread that has taken a task counts as lost after so many waits of so many milliseconds; one may fall into a laptop's sleep. */
const patience = { waits: 3, ms: 10_000 };

/** Waits until all tasks of the present job are done. @throws Error where a thread has stopped in the middle of one. */
export function awaitDone(tickets: Int32Array, tasks: number, { waits, ms } = patience): void {
  for (let looked = 0, inVain = 0; inVain < waits; looked++) {
    const done = Atomics.load(tickets, doneAt);
    if ((done & none) >= tasks) return;
    // A page's own thread must not sleep.
    if (looked < looks || typeof window !== "undefined") continue;
    inVain = Atomics.wait(tickets, doneAt, done, ms) === "timed-out" ? inVain + 1 : 0;
  }
  throw new Error("A thread has stopped in the middle of its work. Reload the page.");
}

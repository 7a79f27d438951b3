/** @file One request that somebody waits for; a newer one takes its place. */
import type { EngineProblem } from "./errors.ts";

/** Holds the newest request's promise; requests are told apart by identity. */
export class Pending<Request, Answer> {
  #newest:
    | {
        readonly request: Request;
        readonly resolve: (answer: Answer) => void;
        readonly reject: (problem: EngineProblem) => void;
      }
    | undefined;

  /** Rejects with `cancelled` once a newer request is waited for. */
  waitFor(request: Request): Promise<Answer> {
    this.overtake();
    return new Promise((resolve, reject) => {
      this.#newest = { request, resolve, reject };
    });
  }

  resolve(request: Request, answer: Answer): void {
    if (this.#newest?.request !== request) return;
    this.#newest.resolve(answer);
    this.#newest = undefined;
  }

  /** @returns Whether somebody waited. */
  reject(request: Request, problem: EngineProblem): boolean {
    if (this.#newest?.request !== request) return false;
    this.#newest.reject(problem);
    this.#newest = undefined;
    return true;
  }

  /** Ends the waiting of whoever waits. */
  overtake(): void {
    this.#newest?.reject({ code: "cancelled", message: "A newer request took its place." });
    this.#newest = undefined;
  }
}

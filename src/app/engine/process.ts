/** @file One worker's life: calls that end when it dies, and one piece of news that it did. */
import type { CancelKind, Engine } from "../../model/engine/api.ts";
import type { EngineConnection } from "./connection.ts";
import { type EngineProblem, needsRestart, problemOf } from "./errors.ts";

/** What every call of a lost worker ends with; `onLost` has already said so. */
export class EngineLost extends Error {
  override readonly name = "EngineLost";
}

export class EngineProcess {
  readonly #connection: EngineConnection;
  readonly #onLost: (problem: EngineProblem) => void;
  /** Ends each call that is open. A promise that lives as long as the worker would hold on to every answer of it. */
  readonly #open = new Set<(reason: EngineLost) => void>();
  #isOver = false;

  /** `onLost` is called once, when the worker crashed or lost its device or memory, and not after `close`. */
  constructor(connection: EngineConnection, onLost: (problem: EngineProblem) => void) {
    this.#connection = connection;
    this.#onLost = onLost;
    connection.onCrash((message) => this.#lose({ code: "failed", message }));
  }

  /** @throws EngineLost if the worker dies or is closed meanwhile; else what the call throws. */
  async call<T>(run: (engine: Engine) => Promise<T>): Promise<T> {
    try {
      return await this.#whileAlive(run(this.#connection.engine));
    } catch (error) {
      const problem = problemOf(error);
      if (!this.#isOver && needsRestart(problem)) this.#lose(problem);
      if (this.#isOver) throw new EngineLost();
      throw error;
    }
  }

  /** For what the engine reports on its own: the worker is given up where it cannot go on. */
  report(problem: EngineProblem): void {
    if (needsRestart(problem)) this.#lose(problem);
  }

  /** Ends the call of this kind that is running. */
  cancel(kind: CancelKind): void {
    this.#connection.engine.cancel(kind).catch(() => undefined);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#connection.close();
    for (const end of this.#open) end(new EngineLost());
    this.#open.clear();
  }

  #whileAlive<T>(call: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return reject(new EngineLost());
      this.#open.add(reject);
      call.then(resolve, reject).finally(() => this.#open.delete(reject));
    });
  }

  #lose(problem: EngineProblem): void {
    if (this.#isOver) return;
    this.close();
    this.#onLost(problem);
  }
}

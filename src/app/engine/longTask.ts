/** @file The one long task that may run at a time: measuring, profiling, sweeping, counting right answers. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { Engine, OnProgress } from "../../model/engine/api.ts";
import type { About, EngineStore, TaskKind } from "./engineStore.ts";
import { problemOf } from "./errors.ts";
import type { EngineNews } from "./news.ts";
import { EngineLost } from "./process.ts";

/** What a long task needs of the client. */
export interface TaskHost {
  readonly store: EngineStore;
  readonly onNews: (news: EngineNews) => void;
  /** Waits for the newest network, and for the first one; undefined where none can be had. */
  readonly network: () => Promise<Architecture | undefined>;
  readonly call: <T>(run: (engine: Engine) => Promise<T>) => Promise<T>;
  /** Ends the call that is running. */
  readonly cancelCall: () => void;
}

export class LongTask {
  readonly #host: TaskHost;
  #current: symbol | undefined;
  #isWaiting = false;

  constructor(host: TaskHost) {
    this.#host = host;
  }

  /** One has been asked for, and waits for the newest network. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /**
   * The result and the network that it is about; undefined where it was cancelled or failed, which is told as news. A task
   * of several calls asks `isWanted` before each.
   */
  async run<T>(
    kind: TaskKind,
    run: (engine: Engine, onProgress: OnProgress, isWanted: () => boolean) => Promise<T>,
  ): Promise<About<T> | undefined> {
    if (this.#current) return undefined;
    const { store, onNews, network, call } = this.#host;
    const task = Symbol(kind);
    const isCurrent = () => this.#current === task;
    const tell = (done: number, what: string) => {
      if (isCurrent()) store.setState({ task: { kind, done, what } });
    };
    this.#current = task;
    this.#isWaiting = true;
    tell(0, "Waiting for the network");
    try {
      const architecture = await network();
      if (isCurrent()) this.#isWaiting = false;
      if (!isCurrent() || !architecture) return undefined;
      const value = await call((engine) => run(engine, tell, isCurrent));
      return isCurrent() ? { architecture, value } : undefined;
    } catch (error) {
      const problem = problemOf(error);
      const isSilent = error instanceof EngineLost || problem.code === "cancelled";
      if (!isSilent) onNews({ kind: "taskFailed", task: kind, problem });
      return undefined;
    } finally {
      if (isCurrent()) this.#end();
    }
  }

  cancel(): void {
    if (!this.#current) return;
    this.#end();
    this.#host.cancelCall();
  }

  #end(): void {
    this.#current = undefined;
    this.#isWaiting = false;
    this.#host.store.setState({ task: undefined });
  }
}

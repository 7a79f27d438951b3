/** @file The one long task that may run at a time: measuring, profiling, sweeping, counting right answers. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { Engine, OnProgress } from "../../model/engine/api.ts";
import type { TaskKind, WritableEngineStore } from "./engineStore.ts";
import { problemOf } from "./errors.ts";
import type { EngineNews } from "./news.ts";
import { EngineLost } from "./process.ts";

/** What a long task needs of the client. */
export interface TaskHost {
  readonly store: WritableEngineStore;
  readonly onNews: (news: EngineNews) => void;
  /** Waits for the newest network, and for the first one; undefined where none can be had. */
  readonly network: () => Promise<Architecture | undefined>;
  readonly call: <T>(run: (engine: Engine) => Promise<T>) => Promise<T>;
  /** Ends the call that is running. */
  readonly cancelCall: () => void;
}

/** What a task works with. */
export interface TaskTools {
  readonly engine: Engine;
  readonly tell: OnProgress;
  /** The newest network when the task begins. */
  readonly architecture: Architecture;
  /** A task of several calls asks before each. */
  readonly isWanted: () => boolean;
}

export class LongTask {
  readonly #host: TaskHost;
  #current: { readonly kind: TaskKind } | undefined;

  constructor(host: TaskHost) {
    this.#host = host;
  }

  /** The result; undefined where it was cancelled or failed, which is told as news, and where another one is running. */
  async run<T>(kind: TaskKind, run: (tools: TaskTools) => Promise<T>): Promise<T | undefined> {
    if (this.#current) return undefined;
    const { store, onNews, network, call } = this.#host;
    const task = { kind };
    const isCurrent = () => this.#current === task;
    const tell = (done: number, what: string) => {
      if (isCurrent()) store.setState({ task: { kind, done, what } });
    };
    this.#current = task;
    tell(0, "Waiting for the network");
    try {
      const architecture = await network();
      if (!isCurrent() || !architecture) return undefined;
      const value = await call((engine) => run({ engine, tell, architecture, isWanted: isCurrent }));
      return isCurrent() ? value : undefined;
    } catch (error) {
      const problem = problemOf(error);
      const isSilent = error instanceof EngineLost || problem.code === "cancelled";
      if (!isSilent) onNews({ kind: "taskFailed", task: kind, problem });
      return undefined;
    } finally {
      if (isCurrent()) this.#end();
    }
  }

  /** Ends the one that is running or waiting, or only one of this kind. */
  cancel(kind = this.#current?.kind): void {
    if (!this.#current || this.#current.kind !== kind) return;
    this.#end();
    this.#host.cancelCall();
  }

  #end(): void {
    this.#current = undefined;
    this.#host.store.setState({ task: undefined });
  }
}

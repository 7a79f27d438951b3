/** @file The page's end of the engine: a Web Worker behind the `Engine` interface, and the news that it died. */
import { proxy, type Remote, wrap } from "comlink";
import type { Engine, OnFailure, OnProgress } from "../../model/engine/api.ts";

/** One running engine. After `close`, or once `crashed` has fired, its calls never end: start another. */
export interface EngineConnection {
  readonly engine: Engine;
  /** Calls back at most once, with a sentence, when the worker dies. */
  onCrash(listener: (reason: string) => void): void;
  close(): void;
}

/** Starts a worker. It loads TensorFlow.js on its own; the page goes on at once. */
export function connectWorker(): EngineConnection {
  const worker = new Worker(new URL("../../model/engine/worker.ts", import.meta.url), { type: "module" });
  const remote = wrap<Engine>(worker);
  let crashed: string | undefined;
  let listener: ((reason: string) => void) | undefined;
  const crash = (reason: string) => {
    if (crashed !== undefined) return;
    crashed = reason;
    listener?.(reason);
  };
  worker.addEventListener("error", (event) => {
    crash(event.message || "The worker that runs the network could not be loaded.");
  });
  worker.addEventListener("messageerror", () => crash("The worker sent an answer that could not be read."));
  return {
    engine: remoteEngine(remote),
    onCrash(next) {
      listener = next;
      if (crashed !== undefined) next(crashed);
    },
    close: () => worker.terminate(),
  };
}

/** Callbacks stay on the page: comlink sends a proxy of them. */
function remoteEngine(remote: Remote<Engine>): Engine {
  const onPage = <F extends OnProgress | OnFailure>(listener: F | undefined) =>
    (listener ? [proxy(listener)] : []) as [F?];
  return {
    start: (choice, places, onFailure) => remote.start(choice, places, ...onPage(onFailure)),
    loadWeights: (request, onProgress) => remote.loadWeights(request, ...onPage(onProgress)),
    build: (architecture, kernels) => remote.build(architecture, kernels),
    setImage: (image, name) => remote.setImage(image, name),
    predict: () => remote.predict(),
    run: (request) => remote.run(request),
    features: (ids) => remote.features(ids),
    measure: (request, onProgress) => remote.measure(request, ...onPage(onProgress)),
    setHidden: (isHidden) => remote.setHidden(isHidden),
    profile: (onProgress, other) => remote.profile(onPage(onProgress)[0], other),
    rates: (onProgress) => remote.rates(...onPage(onProgress)),
    accuracy: (onProgress, other) => remote.accuracy(onPage(onProgress)[0], other),
    verify: (onProgress) => remote.verify(...onPage(onProgress)),
    checkPublished: (allowLarge, onProgress) => remote.checkPublished(allowLarge, ...onPage(onProgress)),
    inspectFile: (file) => remote.inspectFile(file),
    cancel: (kind) => remote.cancel(kind),
  };
}

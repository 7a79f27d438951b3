import { describe, expect, it } from "vitest";
import { EngineClient } from "./client.ts";
import { createEngineStore } from "./engineStore.ts";
import {
  attoArchitecture,
  attoOfDepth,
  emptyMeasurement,
  engineError,
  FakeEngines,
  prediction,
  turn,
} from "./fakeEngine.ts";
import type { EngineNews } from "./news.ts";

const image = new Blob(["image"]);
const places = { site: "https://example.org/explorer/" };
const weights = { kind: "manifest", id: "fake", allowLarge: false } as const;

function create({ patienceMs = 1000 } = {}) {
  const engines = new FakeEngines();
  const store = createEngineStore();
  const news: EngineNews[] = [];
  const onNews = (item: EngineNews) => news.push(item);
  const client = new EngineClient({ connect: engines.connect, places, store, onNews, patienceMs });
  return { engines, store, news, client };
}

/** A client whose network is built and has predicted. */
async function running(architecture = attoArchitecture) {
  const all = create();
  const { engines, client } = all;
  client.setArchitecture(architecture);
  const loaded = client.loadWeights(weights);
  const shown = client.setImage(image);
  for (const name of ["start", "loadWeights", "setImage", "build", "predict"] as const) {
    await engines.answer(name);
  }
  await Promise.all([loaded, shown]);
  return all;
}

/** Answers what a fresh worker is asked for until the network stands again; gives what was built. */
async function rebuilt(engines: FakeEngines) {
  await engines.answer("start");
  await engines.answer("loadWeights");
  await engines.answer("setImage");
  const [architecture] = await engines.answer("build");
  await engines.answer("predict");
  return architecture;
}

describe("the engine client", () => {
  it("starts, loads, builds and predicts, and says what it is doing", async () => {
    const { engines, store, client } = create();
    client.setArchitecture(attoArchitecture);
    const loaded = client.loadWeights(weights);
    const shown = client.setImage(image);
    await turn();
    expect(store.getState().status).toBe("starting");
    expect(await engines.answer("start")).toEqual(["auto", places, expect.any(Function)]);
    expect(store.getState()).toMatchObject({ status: "loading", backend: { name: "cpu" } });
    await engines.answer("loadWeights");
    await engines.answer("setImage");
    expect(store.getState().status).toBe("building");
    await engines.answer("build");
    expect(store.getState().status).toBe("predicting");
    await engines.answer("predict");
    expect(store.getState()).toMatchObject({
      status: "idle",
      prediction: { architecture: attoArchitecture },
    });
    expect(await loaded).toMatchObject({ id: "fake" });
    expect(await shown).toEqual({ width: 1, height: 1 });
    expect(engines.open).toEqual([]);
  });

  it("keeps one build in flight and builds the newest edit next", async () => {
    const { engines, store, client } = await running();
    client.setArchitecture(attoOfDepth(7));
    const first = await engines.next("build");
    for (const depth of [8, 9, 10, 11]) client.setArchitecture(attoOfDepth(depth));
    await turn();
    expect(engines.open).toEqual([]);
    first.answer({ kind: "built", report: {} });
    // The stale network is not predicted: its forward takes too long to be worth it.
    expect(await engines.answer("build")).toEqual([attoOfDepth(11)]);
    await engines.answer("predict");
    expect(store.getState().prediction?.architecture).toEqual(attoOfDepth(11));
    expect(engines.open).toEqual([]);
  });

  it("shows a cheap prediction even while a slider is still moving", async () => {
    const { engines, store, client } = await running();
    client.setArchitecture(attoOfDepth(7));
    await engines.answer("build");
    await engines.answer("predict", prediction(20));
    client.setArchitecture(attoOfDepth(8));
    const build = await engines.next("build");
    client.setArchitecture(attoOfDepth(9));
    build.answer({ kind: "built", report: {} });
    await engines.answer("predict", prediction(20));
    expect(store.getState().prediction?.architecture).toEqual(attoOfDepth(8));
    expect(await engines.answer("build")).toEqual([attoOfDepth(9)]);
  });

  it("does not rebuild for a new name or an edit that was undone", async () => {
    const { engines, client } = await running();
    client.setArchitecture({ ...attoArchitecture, name: "mine" });
    client.setArchitecture(attoOfDepth(7));
    client.setArchitecture(attoArchitecture);
    await turn();
    expect(engines.open).toEqual([]);
  });

  it.each(["deviceLost", "outOfMemory"])("starts a fresh worker after %s and rebuilds", async (code) => {
    const { engines, store, news, client } = await running();
    client.setArchitecture(attoOfDepth(7));
    const build = await engines.next("build");
    client.setArchitecture(attoOfDepth(8));
    build.fail(engineError(code));
    await turn();
    expect(engines.workers.map((worker) => worker.isClosed)).toEqual([true, false]);
    expect(await rebuilt(engines)).toEqual(attoOfDepth(8));
    expect(news).toEqual([{ kind: "restarted", problem: { code, message: `It is ${code}.` } }]);
    expect(store.getState().status).toBe("idle");
  });

  it.each(["idle", "building", "loading"] as const)("survives a crash while it is %s", async (when) => {
    const { engines, news, client } = await running();
    const loaded = when === "loading" ? client.loadWeights({ ...weights, id: "other" }) : undefined;
    if (when === "building") client.setArchitecture(attoOfDepth(7));
    await turn();
    engines.newest.crash("It ran away.");
    expect(await rebuilt(engines)).toEqual(when === "building" ? attoOfDepth(7) : attoArchitecture);
    expect(news).toEqual([{ kind: "restarted", problem: { code: "failed", message: "It ran away." } }]);
    expect(engines.workers).toHaveLength(2);
    if (loaded) expect(await loaded).toMatchObject({ id: "fake" });
  });

  it("starts a fresh worker when the device is lost between two calls", async () => {
    const all = create();
    const { engines, news, client } = all;
    client.setArchitecture(attoArchitecture);
    client.loadWeights(weights).catch(() => undefined);
    client.setImage(image).catch(() => undefined);
    const start = await engines.next("start");
    start.answer({ name: "webgpu" });
    for (const name of ["loadWeights", "setImage", "build", "predict"] as const) await engines.answer(name);
    const onFailure = start.args[2] as (code: string, message: string) => void;
    onFailure("failed", "A program was refused, which the next call says.");
    expect(news).toEqual([]);
    onFailure("deviceLost", "The driver was reset.");
    expect(await rebuilt(engines)).toEqual(attoArchitecture);
    expect(news).toMatchObject([{ kind: "restarted", problem: { code: "deviceLost" } }]);
  });

  it("stops restarting for a network that kills every worker, and goes on after the next edit", async () => {
    const { engines, store, news, client } = await running();
    client.setArchitecture(attoOfDepth(200));
    (await engines.next("build")).fail(engineError("outOfMemory"));
    for (let again = 0; again < 2; again++) {
      await engines.answer("start");
      await engines.answer("loadWeights");
      await engines.answer("setImage");
      (await engines.next("build")).fail(engineError("outOfMemory"));
    }
    await turn();
    expect(store.getState()).toMatchObject({ status: "failed", failure: { code: "outOfMemory" } });
    expect(news.map((item) => item.kind)).toEqual(["restarted", "restarted", "failed"]);
    client.setArchitecture(attoOfDepth(7));
    expect(await rebuilt(engines)).toEqual(attoOfDepth(7));
    expect(store.getState()).toMatchObject({ status: "idle", failure: undefined });
  });

  it("says why a network cannot be built, keeps the last prediction, and tries again when asked", async () => {
    const { engines, store, news, client } = await running();
    client.setArchitecture(attoOfDepth(99));
    (await engines.next("build")).fail(engineError("overLimits"));
    await turn();
    expect(store.getState()).toMatchObject({
      status: "failed",
      failure: { code: "overLimits", message: "It is overLimits." },
      prediction: { architecture: attoArchitecture },
    });
    expect(news.map((item) => item.kind)).toEqual(["failed"]);
    expect(engines.workers).toHaveLength(1);
    client.retry();
    expect(await engines.answer("build")).toEqual([attoOfDepth(99)]);
  });

  it("falls back to the automatic choice where a forced backend does not start", async () => {
    const { engines, news, client } = await running();
    client.setBackend("webgpu");
    (await engines.next("start")).fail(new Error("There is no WebGPU."));
    expect(await engines.answer("start")).toEqual(["auto", places, expect.any(Function)]);
    expect(news).toMatchObject([{ kind: "backendRefused", choice: "webgpu" }]);
    await engines.answer("loadWeights");
    await engines.answer("setImage");
    await engines.answer("build");
  });
});

describe("weights", () => {
  it("load while the network goes on being edited, then are built in", async () => {
    const { engines, store, client } = await running();
    const loaded = client.loadWeights({ ...weights, id: "other" });
    const load = await engines.next("loadWeights");
    client.setArchitecture(attoOfDepth(7));
    await engines.answer("build");
    await engines.answer("predict");
    expect(store.getState().fetching?.id).toBe("other");
    load.answer({ id: "other" });
    await engines.answer("build");
    await engines.answer("predict");
    expect(await loaded).toEqual({ id: "other" });
    expect(store.getState()).toMatchObject({ weights: { id: "other" }, fetching: undefined });
  });

  it("that take long do not hold up the network, which runs untrained meanwhile", async () => {
    const { engines, store, client } = create({ patienceMs: 0 });
    client.setArchitecture(attoArchitecture);
    const loaded = client.loadWeights(weights);
    const shown = client.setImage(image);
    await engines.answer("start");
    const load = await engines.next("loadWeights");
    await turn();
    for (const name of ["setImage", "build", "predict"] as const) await engines.answer(name);
    await shown;
    expect(store.getState()).toMatchObject({ status: "idle", weights: undefined, fetching: { id: "fake" } });
    load.answer({ id: "fake" });
    await engines.answer("build");
    await engines.answer("predict");
    expect(await loaded).toEqual({ id: "fake" });
    expect(engines.open).toEqual([]);
  });

  it("that cannot be loaded leave those before in place", async () => {
    const { engines, store, client } = await running();
    const loaded = client.loadWeights({ ...weights, id: "other" });
    (await engines.next("loadWeights")).fail(engineError("weights", "The hub cannot be reached."));
    await expect(loaded).rejects.toEqual({ code: "weights", message: "The hub cannot be reached." });
    await turn();
    expect(engines.open).toEqual([]);
    expect(store.getState()).toMatchObject({ status: "idle", weights: { id: "fake" }, fetching: undefined });
  });

  it("that are gone after a restart are news, and the network goes on untrained", async () => {
    const { engines, news, client } = await running();
    engines.newest.crash("It ran away.");
    await engines.answer("start");
    (await engines.next("loadWeights")).fail(engineError("weights"));
    await turn();
    expect(news.map((item) => item.kind)).toEqual(["restarted", "weightsLost"]);
    expect((await engines.answer("loadWeights"))[0]).toEqual({ kind: "untrained" });
    await engines.answer("setImage");
    expect(await engines.answer("build")).toEqual([attoArchitecture]);
    await engines.answer("predict");
    const loaded = client.loadWeights({ ...weights, id: "other" });
    await engines.answer("loadWeights", { id: "other" });
    expect(await loaded).toEqual({ id: "other" });
  });

  it("can be cancelled, and a newer request takes an older one's place", async () => {
    const { engines, client } = await running();
    const first = client.loadWeights({ ...weights, id: "first" });
    first.catch(() => undefined);
    const load = await engines.next("loadWeights");
    const second = client.loadWeights({ ...weights, id: "second" });
    await expect(first).rejects.toMatchObject({ code: "cancelled" });
    await engines.answer("cancel");
    load.fail(engineError("cancelled"));
    const reload = await engines.next("loadWeights");
    expect(reload.args[0]).toMatchObject({ id: "second" });
    client.cancelWeights();
    await expect(second).rejects.toMatchObject({ code: "cancelled" });
    await engines.answer("cancel");
    reload.fail(engineError("cancelled"));
    await turn();
    expect(engines.open).toEqual([]);
  });
});

describe("an image that cannot be read", () => {
  it("is refused, and the one before stays", async () => {
    const { engines, store, client } = await running();
    const shown = client.setImage(new Blob(["nonsense"]));
    (await engines.next("setImage")).fail(engineError("badInput", "This is no image."));
    await expect(shown).rejects.toEqual({ code: "badInput", message: "This is no image." });
    await turn();
    expect(engines.open).toEqual([]);
    expect(store.getState().status).toBe("idle");
  });
});

describe("long tasks", () => {
  const request = { variants: [], batch: 1, runs: 3, warmup: 1 };

  it("wait for the newest network, and leave their result with its architecture", async () => {
    const { engines, store, client } = await running();
    client.setArchitecture(attoOfDepth(7));
    const measured = client.measure(request);
    await engines.answer("build");
    await engines.answer("predict");
    const call = await engines.next("measure");
    (call.args[1] as (done: number, what: string) => void)(0.5, "Round 2");
    expect(store.getState().task).toEqual({ kind: "measure", done: 0.5, what: "Round 2" });
    call.answer({ results: [] });
    await measured;
    expect(store.getState()).toMatchObject({
      task: undefined,
      measurement: { architecture: attoOfDepth(7), value: { results: [] } },
    });
  });

  it("that compare hand their result to whoever asked, and nothing where they were cancelled", async () => {
    const { engines, store, client } = await running();
    const compared = client.compare(request);
    await engines.answer("measure");
    expect(await compared).toBe(emptyMeasurement);
    expect(store.getState().measurement).toBeUndefined();
    const cancelled = client.compare(request);
    const call = await engines.next("measure");
    client.cancelTask();
    await engines.answer("cancel");
    call.fail(engineError("cancelled"));
    expect(await cancelled).toBeUndefined();
  });

  it("hear when the page is hidden, those of a fresh worker too", async () => {
    const { engines, client } = await running();
    client.setHidden(false);
    expect(engines.open).toEqual([]);
    client.setHidden(true);
    expect(await engines.answer("setHidden")).toEqual([true]);
    engines.newest.crash("gone");
    await turn();
    await engines.answer("start");
    expect(await engines.answer("setHidden")).toEqual([true]);
  });

  it("end when the person cancels", async () => {
    const { engines, store, news, client } = await running();
    const measured = client.measure(request);
    const call = await engines.next("measure");
    client.cancelTask();
    expect(store.getState().task).toBeUndefined();
    await engines.answer("cancel");
    call.fail(engineError("cancelled"));
    await measured;
    expect(store.getState().measurement).toBeUndefined();
    expect(news).toEqual([]);
  });

  it("end when the network is edited, and the edit is built", async () => {
    const { engines, client } = await running();
    const counted = client.accuracy();
    const call = await engines.next("accuracy");
    client.setArchitecture(attoOfDepth(7));
    await engines.answer("cancel");
    call.fail(engineError("cancelled"));
    await counted;
    expect(await engines.answer("build")).toEqual([attoOfDepth(7)]);
  });

  it("that fail are news", async () => {
    const { engines, store, news, client } = await running();
    const profiled = client.profile();
    (await engines.next("profile")).fail(new Error("No timestamps."));
    await profiled;
    expect(news).toEqual([
      { kind: "taskFailed", task: "profile", problem: { code: "failed", message: "No timestamps." } },
    ]);
    expect(store.getState().task).toBeUndefined();
  });

  it("die with their worker, and the network is rebuilt", async () => {
    const { engines, news, client } = await running();
    const measured = client.measure(request);
    await turn();
    engines.newest.crash("It ran away.");
    await measured;
    expect(await rebuilt(engines)).toEqual(attoArchitecture);
    expect(news.map((item) => item.kind)).toEqual(["restarted"]);
  });

  it("keep one accuracy for every version of the network", async () => {
    const { engines, store, client } = await running();
    const measure = async (top1: number) => {
      const counted = client.accuracy();
      await engines.answer("accuracy", { top1 });
      await counted;
    };
    await measure(0.9);
    client.setArchitecture(attoOfDepth(7));
    await engines.answer("build");
    await engines.answer("predict");
    await measure(0.5);
    await measure(0.6);
    expect(store.getState().accuracies).toEqual([
      { architecture: attoOfDepth(7), value: { top1: 0.6 } },
      { architecture: attoArchitecture, value: { top1: 0.9 } },
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { createClient, image, places, rebuilt, runningClient, weights } from "./fakeClient.testing.ts";
import { attoArchitecture, attoOfDepth, engineError, prediction, turn } from "./fakeEngine.testing.ts";

describe("the engine client", () => {
  it("starts, loads, builds and predicts, and says what it is doing", async () => {
    const { engines, store, client } = createClient();
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
    const { engines, store, client } = await runningClient();
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
    const { engines, store, client } = await runningClient();
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

  it.each([0, 1, 2, 3, 4, 5])(
    "hears a wish that comes %d moments after one that takes no step",
    async (moments) => {
      const { engines, client } = await runningClient();
      client.setArchitecture({ ...attoArchitecture, name: "mine" });
      for (let moment = 0; moment < moments; moment++) await Promise.resolve();
      client.setArchitecture(attoOfDepth(7));
      expect(await engines.answer("build")).toEqual([attoOfDepth(7)]);
    },
  );

  it("does not rebuild for a new name or an edit that was undone", async () => {
    const { engines, client } = await runningClient();
    client.setArchitecture({ ...attoArchitecture, name: "mine" });
    client.setArchitecture(attoOfDepth(7));
    client.setArchitecture(attoArchitecture);
    await turn();
    expect(engines.open).toEqual([]);
  });

  it.each(["deviceLost", "outOfMemory"])("starts a fresh worker after %s and rebuilds", async (code) => {
    const { engines, store, news, client } = await runningClient();
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
    const { engines, news, client } = await runningClient();
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
    const all = createClient();
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
    const { engines, store, news, client } = await runningClient();
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
    const { engines, store, news, client } = await runningClient();
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

  it("says nothing more of a network that did not run once the edit is undone", async () => {
    const { engines, store, client } = await runningClient();
    client.setArchitecture(attoOfDepth(99));
    (await engines.next("build")).fail(engineError("overLimits"));
    await turn();
    client.setArchitecture(attoArchitecture);
    await turn();
    expect(engines.open).toEqual([]);
    expect(store.getState()).toMatchObject({ status: "idle", failure: undefined });
  });

  it("falls back to the automatic choice where a forced backend does not start", async () => {
    const { engines, news, client } = await runningClient();
    client.setBackend("webgpu");
    (await engines.next("start")).fail(new Error("There is no WebGPU."));
    expect(await engines.answer("start")).toEqual(["auto", places, expect.any(Function)]);
    expect(news).toMatchObject([{ kind: "backendRefused", choice: "webgpu" }]);
    await engines.answer("loadWeights");
    await engines.answer("setImage");
    await engines.answer("build");
  });
});

/** @file Weights and images that the client is given, on an engine that the test answers. */
import { describe, expect, it } from "vitest";
import { createClient, image, runningClient, weights } from "./fakeClient.testing.ts";
import { attoArchitecture, attoOfDepth, engineError, turn } from "./fakeEngine.testing.ts";

describe("weights", () => {
  it("load while the network goes on being edited, then are built in", async () => {
    const { engines, store, client } = await runningClient();
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
    const { engines, store, client } = createClient({ patienceMs: 0 });
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
    const { engines, store, client } = await runningClient();
    const loaded = client.loadWeights({ ...weights, id: "other" });
    (await engines.next("loadWeights")).fail(engineError("weights", "The hub cannot be reached."));
    await expect(loaded).rejects.toEqual({ code: "weights", message: "The hub cannot be reached." });
    await turn();
    expect(engines.open).toEqual([]);
    expect(store.getState()).toMatchObject({ status: "idle", weights: { id: "fake" }, fetching: undefined });
  });

  it("that are gone after a restart are news, and the network goes on untrained", async () => {
    const { engines, news, client } = await runningClient();
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

  it("that cannot be loaded while those before are on their way back after a restart leave those in place", async () => {
    const { engines, news, store, client } = await runningClient();
    engines.newest.crash("It ran away.");
    await engines.answer("start");
    const back = await engines.next("loadWeights");
    const loaded = client.loadWeights({ ...weights, id: "other" });
    await engines.answer("cancel");
    back.fail(engineError("cancelled"));
    (await engines.next("loadWeights")).fail(engineError("weights"));
    await expect(loaded).rejects.toMatchObject({ code: "weights" });
    expect((await engines.answer("loadWeights"))[0]).toEqual(weights);
    for (const name of ["setImage", "build", "predict"] as const) await engines.answer(name);
    expect(store.getState()).toMatchObject({ status: "idle", weights: { id: "fake" } });
    expect(news.map((item) => item.kind)).toEqual(["restarted"]);
  });

  it("that are gone after a restart are not said to be loaded, though the network ran without them already", async () => {
    const { engines, store } = await runningClient(attoArchitecture, { patienceMs: 0 });
    engines.newest.crash("It ran away.");
    await engines.answer("start");
    const back = await engines.next("loadWeights");
    await turn();
    for (const name of ["setImage", "build", "predict"] as const) await engines.answer(name);
    back.fail(engineError("weights"));
    await turn();
    await engines.answer("loadWeights", { id: "untrained", identity: "untrained" });
    for (const name of ["build", "predict"] as const) await engines.answer(name);
    expect(store.getState()).toMatchObject({ status: "idle", weights: { id: "untrained" } });
  });

  it("that are cancelled on their way back after a restart are given up; a cancel that comes late changes nothing", async () => {
    const { engines, store, client } = await runningClient();
    client.cancelWeights();
    await turn();
    expect(engines.open).toEqual([]);
    engines.newest.crash("It ran away.");
    await engines.answer("start");
    const back = await engines.next("loadWeights");
    client.cancelWeights();
    await engines.answer("cancel");
    back.fail(engineError("cancelled"));
    await turn();
    expect((await engines.answer("loadWeights", { id: "untrained", identity: "untrained" }))[0]).toEqual({
      kind: "untrained",
    });
    for (const name of ["setImage", "build", "predict"] as const) await engines.answer(name);
    expect(store.getState().weights?.id).toBe("untrained");
  });

  it("can be cancelled, and a newer request takes an older one's place", async () => {
    const { engines, client } = await runningClient();
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
    const { engines, store, client } = await runningClient();
    const shown = client.setImage(new Blob(["nonsense"]));
    (await engines.next("setImage")).fail(engineError("badInput", "This is no image."));
    await expect(shown).rejects.toEqual({ code: "badInput", message: "This is no image." });
    await turn();
    expect(engines.open).toEqual([]);
    expect(store.getState().status).toBe("idle");
  });

  it("is refused while the one before is on its way back after a restart, and that one stays", async () => {
    const { engines, client } = await runningClient();
    engines.newest.crash("It ran away.");
    await engines.answer("start");
    const back = await engines.next("loadWeights");
    const shown = client.setImage(new Blob(["nonsense"]));
    back.answer({ id: "fake", identity: "fake" });
    (await engines.next("setImage")).fail(engineError("badInput"));
    await expect(shown).rejects.toMatchObject({ code: "badInput" });
    expect((await engines.answer("setImage"))[0]).toBe(image);
    for (const name of ["build", "predict"] as const) await engines.answer(name);
    expect(engines.open).toEqual([]);
  });
});

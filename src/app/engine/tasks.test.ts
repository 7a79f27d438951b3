/** @file Long tasks, of one call and of many, on an engine that the test answers. */
import { describe, expect, it } from "vitest";
import type { MeasureRequest } from "../../model/engine/api.ts";
import { accuracyOf, isAbout } from "./engineStore.ts";
import { createClient, rebuilt, runningClient, weights } from "./fakeClient.testing.ts";
import { attoArchitecture, attoOfDepth, emptyMeasurement, engineError, turn } from "./fakeEngine.testing.ts";

const request: MeasureRequest = { variants: [], batch: 1, runs: 3, warmup: 1 };
const requestOf = () => request;

describe("long tasks", () => {
  it("wait for the newest network, and leave their result with its architecture", async () => {
    const { engines, store, client } = await runningClient();
    client.setArchitecture(attoOfDepth(7));
    const measured = client.tasks.measure((newest) => ({
      ...request,
      variants: [newest, attoArchitecture].map((architecture, place) => ({ name: `${place}`, architecture })),
    }));
    await engines.answer("build");
    await engines.answer("predict");
    const call = await engines.next("measure");
    (call.args[1] as (done: number, what: string) => void)(0.5, "Round 2");
    expect(store.getState().task).toEqual({ kind: "measure", done: 0.5, what: "Round 2" });
    call.answer({ results: [] });
    await measured;
    expect(store.getState()).toMatchObject({
      task: undefined,
      measurement: { architecture: attoOfDepth(7), against: attoArchitecture, value: { results: [] } },
    });
  });

  it("wait for the first network, whichever weights it will have in the end", async () => {
    const { engines, store, client } = createClient();
    client.setArchitecture(attoArchitecture);
    const lost = client.loadWeights(weights).catch(() => undefined);
    await engines.answer("start");
    const measured = client.tasks.measure(requestOf);
    (await engines.next("loadWeights")).fail(new Error("The hub can't be reached."));
    await lost;
    // Nothing is wanted now, until the app has chosen other weights and another network.
    await turn();
    expect(store.getState().task).toMatchObject({ kind: "measure", what: "Waiting for the network" });
    void client.loadWeights({ ...weights, id: "other" });
    client.setArchitecture(attoOfDepth(7));
    await engines.answer("loadWeights");
    await engines.answer("build");
    await engines.answer("measure");
    await measured;
    expect(store.getState().measurement?.architecture).toEqual(attoOfDepth(7));
  });

  it("that compare hand their result to whoever asked, and nothing where they were cancelled", async () => {
    const { engines, store, client } = await runningClient();
    const compared = client.tasks.compare(request);
    await engines.answer("measure");
    expect(await compared).toBe(emptyMeasurement);
    expect(store.getState().measurement).toBeUndefined();
    const cancelled = client.tasks.compare(request);
    const call = await engines.next("measure");
    client.tasks.cancel();
    await engines.answer("cancel");
    call.fail(engineError("cancelled"));
    expect(await cancelled).toBeUndefined();
  });

  it("hear when the page is hidden, those of a fresh worker too", async () => {
    const { engines, client } = await runningClient();
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
    const { engines, store, news, client } = await runningClient();
    const measured = client.tasks.measure(requestOf);
    const call = await engines.next("measure");
    client.tasks.cancel();
    expect(store.getState().task).toBeUndefined();
    await engines.answer("cancel");
    call.fail(engineError("cancelled"));
    await measured;
    expect(store.getState().measurement).toBeUndefined();
    expect(news).toEqual([]);
  });

  it("go on when the network is edited, about the one that they began with, and the edit is built beside them", async () => {
    const { engines, store, client } = await runningClient();
    const measured = client.tasks.measure((newest) => ({
      ...request,
      variants: [{ name: "now", architecture: newest }],
    }));
    const call = await engines.next("measure");
    client.setArchitecture(attoOfDepth(7));
    expect(await engines.answer("build")).toEqual([attoOfDepth(7)]);
    await engines.answer("predict");
    expect(store.getState().task?.kind).toBe("measure");
    call.answer(emptyMeasurement);
    await measured;
    expect(call.args[0]).toMatchObject({ variants: [{ architecture: attoArchitecture }] });
    expect(store.getState().measurement?.architecture).toEqual(attoArchitecture);
    expect(engines.open).toEqual([]);
  });

  it("are cancelled apart from downloads, and by their kind", async () => {
    const { engines, store, client } = await runningClient();
    const loaded = client.loadWeights({ ...weights, id: "other" });
    const load = await engines.next("loadWeights");
    const measured = client.tasks.measure(requestOf);
    const call = await engines.next("measure");
    client.tasks.cancel("sweep");
    expect(store.getState().task?.kind).toBe("measure");
    client.tasks.cancel("measure");
    expect(await engines.answer("cancel")).toEqual(["task"]);
    call.fail(engineError("cancelled"));
    await measured;
    expect(store.getState().fetching?.id).toBe("other");
    const again = client.tasks.measure(requestOf);
    const call2 = await engines.next("measure");
    const refused = expect(loaded).rejects.toMatchObject({ code: "cancelled" });
    client.cancelWeights();
    expect(await engines.answer("cancel")).toEqual(["download"]);
    load.fail(engineError("cancelled"));
    await refused;
    expect(store.getState().task?.kind).toBe("measure");
    call2.answer(emptyMeasurement);
    await again;
    expect(store.getState().measurement).toBeDefined();
    expect(engines.open).toEqual([]);
  });

  it("that fail are news", async () => {
    const { engines, store, news, client } = await runningClient();
    const profiled = client.tasks.profile();
    (await engines.next("profile")).fail(new Error("No timestamps."));
    await profiled;
    expect(news).toEqual([
      { kind: "taskFailed", task: "profile", problem: { code: "failed", message: "No timestamps." } },
    ]);
    expect(store.getState().task).toBeUndefined();
  });

  it("die with their worker, and the network is rebuilt", async () => {
    const { engines, news, client } = await runningClient();
    const measured = client.tasks.measure(requestOf);
    await turn();
    engines.newest.crash("It ran away.");
    await measured;
    expect(await rebuilt(engines)).toEqual(attoArchitecture);
    expect(news.map((item) => item.kind)).toEqual(["restarted"]);
  });

  it("keep one accuracy for every version of the network", async () => {
    const { engines, store, client } = await runningClient();
    const measure = async (top1: number) => {
      const counted = client.tasks.accuracy();
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
      { architecture: attoOfDepth(7), weights: "fake", value: { top1: 0.6 } },
      { architecture: attoArchitecture, weights: "fake", value: { top1: 0.9 } },
    ]);
  });
});

it("a sweep is one task, and one that is stopped asks for nothing more and gets nothing that comes late", async () => {
  const { engines, store, client } = await runningClient();
  const results: unknown[] = [];
  const swept = client.tasks.sweep(async ({ measure }) => {
    for (let point = 0; point < 3; point++) results.push(await measure(request));
  });
  await turn();
  expect(store.getState().task?.kind).toBe("sweep");
  await engines.answer("measure");
  const second = await engines.next("measure");
  client.tasks.cancel();
  await engines.answer("cancel");
  second.answer({});
  await swept;
  // It would go to the points of the sweep that was begun in its place.
  expect(results).toHaveLength(1);
  expect(engines.open).toEqual([]);
  expect(store.getState().task).toBeUndefined();
});

it("an accuracy within a sweep is that of a guest: kept with its network, the present one stays", async () => {
  const { engines, store, client } = await runningClient();
  const other = attoOfDepth(7);
  const swept = client.tasks.sweep(async ({ accuracy }) => {
    await accuracy(other);
  });
  await turn();
  const call = await engines.next("accuracy");
  expect(call.args[1]).toEqual(other);
  // A picture that is chosen meanwhile is for the present network.
  void client.setImage(new Blob(["chosen"]), "chosen");
  await engines.answer("setImage");
  await engines.answer("predict");
  expect(store.getState().prediction).toMatchObject({
    architecture: attoArchitecture,
    value: { picture: "chosen" },
  });
  call.answer({ top1: 0.5 });
  await swept;
  expect(store.getState().accuracies).toMatchObject([{ architecture: other, value: { top1: 0.5 } }]);
  expect(engines.open).toEqual([]);
});

it("a sweep ends where other weights are loaded meanwhile, and files what it found under them", async () => {
  const { engines, store, news, client } = await runningClient();
  const swept = client.tasks.sweep(async ({ accuracy }) => {
    for (const depth of [5, 6, 7]) await accuracy(attoOfDepth(depth));
  });
  await turn();
  await engines.answer("accuracy");
  const second = await engines.next("accuracy");
  const loaded = client.loadWeights({ ...weights, id: "other" });
  await engines.answer("loadWeights", { id: "other", identity: "other" });
  await loaded;
  second.answer({ top1: 0.1 });
  await swept;
  expect(news).toMatchObject([{ kind: "taskFailed", task: "sweep", problem: { code: "failed" } }]);
  const { accuracies } = store.getState();
  expect(accuracies.map(({ weights: of }) => of)).toEqual(["other", "fake"]);
  expect(accuracyOf(store.getState(), attoOfDepth(5))).toBeUndefined();
  expect(accuracyOf(store.getState(), attoOfDepth(6))).toMatchObject({ top1: 0.1 });
});

it("explains the present network and another, under the best rates of the device, and anew on another backend", async () => {
  const { engines, store, client } = await runningClient();
  const rates = (macsPerSecond: number, bytesPerSecond: number) => ({ macsPerSecond, bytesPerSecond });
  const present = client.tasks.explain();
  await turn();
  await engines.answer("profile");
  await engines.answer("rates", rates(1e12, 1e11));
  expect(await present).toMatchObject({ network: attoArchitecture, rates: rates(1e12, 1e11) });
  expect(store.getState().profile?.architecture).toEqual(attoArchitecture);
  const resnet = { fixed: "resnet50" } as const;
  const other = client.tasks.explain(resnet);
  await turn();
  const [, asked] = await engines.answer("profile");
  expect(asked).toBe(resnet);
  await engines.answer("rates", rates(2e12, 0.5e11));
  expect(await other).toMatchObject({ network: resnet, rates: rates(2e12, 1e11) });
  expect(store.getState().profile?.architecture).toEqual(attoArchitecture);
  client.setBackend("cpu");
  await rebuilt(engines);
  const again = client.tasks.explain();
  await turn();
  await engines.answer("profile");
  await engines.answer("rates", rates(1e9, 1e9));
  expect(await again).toMatchObject({ rates: rates(1e9, 1e9) });
});

it("times stay where a worker is started afresh, and go with the backend that they were taken on", async () => {
  const { engines, store, client } = await runningClient();
  const measured = client.tasks.measure(requestOf);
  await engines.answer("measure");
  await measured;
  const profiled = client.tasks.profile();
  await engines.answer("profile");
  await profiled;
  engines.newest.crash("It ran away.");
  await rebuilt(engines);
  expect(store.getState()).toMatchObject({ measurement: { value: emptyMeasurement }, profile: {} });
  client.setBackend("wasm");
  await engines.answer("start", { ...emptyMeasurement.backend, name: "wasm" });
  expect(store.getState()).toMatchObject({ measurement: undefined, profile: undefined });
});

it("a check of the kernels keeps its result with its network, until other weights are loaded", async () => {
  const { engines, store, client } = await runningClient();
  const checked = client.tasks.verify();
  await engines.answer("verify");
  await checked;
  expect(store.getState().verification).toMatchObject({ architecture: attoArchitecture });
  const isShown = () => {
    const { verification, weights: of } = store.getState();
    return verification !== undefined && isAbout(verification, attoArchitecture, of);
  };
  expect(isShown()).toBe(true);
  const loaded = client.loadWeights({ kind: "untrained" });
  await engines.answer("loadWeights", { id: "untrained", identity: "untrained" });
  await loaded;
  expect(isShown()).toBe(false);
});

it("an edit does not end the published check, which is about another network", async () => {
  const { engines, store, client } = await runningClient();
  const checked = client.tasks.checkPublished({ allowLarge: true });
  const call = await engines.next("checkPublished");
  expect(call.args[0]).toBe(true);
  client.setArchitecture(attoOfDepth(7));
  await engines.answer("build");
  await engines.answer("predict");
  expect(store.getState().task?.kind).toBe("published");
  call.answer({ kind: "missing" });
  await checked;
  expect(store.getState()).toMatchObject({ published: { kind: "missing" }, task: undefined });
});

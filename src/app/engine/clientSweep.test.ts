/** @file Tasks of many calls, sweeps and profiles with the device's rates, on an engine that the test answers. */
import { expect, it } from "vitest";
import type { MeasureRequest } from "../../model/engine/api.ts";
import { EngineClient } from "./client.ts";
import { createEngineStore } from "./engineStore.ts";
import { attoArchitecture, attoOfDepth, FakeEngines, turn } from "./fakeEngine.ts";

const request: MeasureRequest = { variants: [], batch: 1, runs: 1, warmup: 1 };

/** A client whose network is built. */
async function running() {
  const engines = new FakeEngines();
  const store = createEngineStore();
  const places = { site: "https://example.org/explorer/" };
  const client = new EngineClient({ connect: engines.connect, places, store, onNews: () => undefined });
  client.setArchitecture(attoArchitecture);
  const loaded = client.loadWeights({ kind: "untrained" });
  for (const name of ["start", "loadWeights", "build"] as const) await engines.answer(name);
  await loaded;
  return { engines, store, client };
}

it("a sweep is one task, and one that is stopped asks for nothing more", async () => {
  const { engines, store, client } = await running();
  const results: unknown[] = [];
  const swept = client.sweep(async ({ measure }) => {
    for (let point = 0; point < 3; point++) results.push(await measure(request));
  });
  await turn();
  expect(store.getState().task?.kind).toBe("sweep");
  await engines.answer("measure");
  const second = await engines.next("measure");
  client.cancelTask();
  await engines.answer("cancel");
  second.answer({});
  await swept;
  expect(results).toHaveLength(2);
  expect(engines.open).toEqual([]);
  expect(store.getState().task).toBeUndefined();
});

it("an accuracy within a sweep is kept with its network, and the present one is built again afterwards", async () => {
  const { engines, store, client } = await running();
  const other = attoOfDepth(7);
  const swept = client.sweep(async ({ accuracy }) => {
    await accuracy(other);
  });
  await turn();
  expect(await engines.answer("build")).toEqual([other]);
  await engines.answer("accuracy");
  await swept;
  expect(store.getState().accuracies).toMatchObject([{ architecture: other, value: { top1: 0.5 } }]);
  expect(await engines.answer("build")).toEqual([attoArchitecture]);
});

it("explains the present network and another; the device's rates are measured once, and anew on another backend", async () => {
  const { engines, store, client } = await running();
  const present = client.explain();
  await turn();
  await engines.answer("profile");
  await engines.answer("rates");
  expect(await present).toMatchObject({ network: attoArchitecture, rates: { macsPerSecond: 1e12 } });
  expect(store.getState().profile?.architecture).toBe(attoArchitecture);
  const resnet = { fixed: "resnet50" } as const;
  const other = client.explain(resnet);
  await turn();
  const [, asked] = await engines.answer("profile");
  expect(asked).toBe(resnet);
  expect(await other).toMatchObject({ network: resnet });
  expect(store.getState().profile?.architecture).toBe(attoArchitecture);
  client.setBackend("cpu");
  for (const name of ["start", "loadWeights", "build"] as const) await engines.answer(name);
  const again = client.explain();
  await turn();
  await engines.answer("profile");
  await engines.answer("rates");
  expect(await again).toBeDefined();
});

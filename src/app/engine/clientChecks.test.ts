/** @file Frames of a camera and the two checks, on an engine that the test answers. */
import { expect, it } from "vitest";
import { EngineClient } from "./client.ts";
import { createEngineStore } from "./engineStore.ts";
import { attoArchitecture, attoOfDepth, FakeEngines, turn } from "./fakeEngine.ts";

const frame = { width: 1, height: 1, data: new Uint8ClampedArray(3) };

/** A client whose network is built and has predicted. */
async function running() {
  const engines = new FakeEngines();
  const store = createEngineStore();
  const places = { site: "https://example.org/explorer/" };
  const client = new EngineClient({ connect: engines.connect, places, store, onNews: () => undefined });
  client.setArchitecture(attoArchitecture);
  const loaded = client.loadWeights({ kind: "untrained" });
  const shown = client.setImage(new Blob(["image"]));
  for (const name of ["start", "loadWeights", "setImage", "build", "predict"] as const) {
    await engines.answer(name);
  }
  await Promise.all([loaded, shown]);
  return { engines, store, client };
}

it("a frame is shown once its prediction is there", async () => {
  const { engines, client } = await running();
  let isShown = false;
  const shown = client.showFrame(frame).then(() => {
    isShown = true;
  });
  expect(await engines.answer("setImage")).toEqual([frame]);
  expect(isShown).toBe(false);
  await engines.answer("predict");
  await shown;
  expect(engines.open).toEqual([]);
});

it("a picture that is chosen takes a frame's place", async () => {
  const { engines, client } = await running();
  const shown = client.showFrame(frame);
  const refused = expect(shown).rejects.toMatchObject({ code: "cancelled" });
  await turn();
  const chosen = client.setImage(new Blob(["chosen"]));
  await refused;
  await engines.answer("setImage");
  await engines.answer("setImage");
  await engines.answer("predict");
  await expect(chosen).resolves.toEqual({ width: 1, height: 1 });
});

it("a check of the kernels keeps its result with its network, until other weights are loaded", async () => {
  const { engines, store, client } = await running();
  const checked = client.verify();
  await engines.answer("verify");
  await checked;
  expect(store.getState().verification).toMatchObject({ architecture: attoArchitecture });
  const loaded = client.loadWeights({ kind: "untrained" });
  await engines.answer("loadWeights");
  await loaded;
  expect(store.getState().verification).toBeUndefined();
});

it("an edit does not end the published check, which is about another network", async () => {
  const { engines, store, client } = await running();
  const checked = client.checkPublished({ allowLarge: true });
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

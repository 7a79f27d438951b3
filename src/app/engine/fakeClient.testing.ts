/** @file A client on engines that the test answers. Never part of the page. */
import { EngineClient } from "./client.ts";
import { createEngineStore } from "./engineStore.ts";
import { attoArchitecture, FakeEngines } from "./fakeEngine.testing.ts";
import type { EngineNews } from "./news.ts";

export const image = new Blob(["image"]);
export const places = { site: "https://example.org/explorer/" };
export const weights = { kind: "manifest", id: "fake", allowLarge: false } as const;

export function createClient({ patienceMs = 1000 } = {}) {
  const engines = new FakeEngines();
  const store = createEngineStore();
  const news: EngineNews[] = [];
  const onNews = (item: EngineNews) => news.push(item);
  const client = new EngineClient({ connect: engines.connect, places, store, onNews, patienceMs });
  return { engines, store, news, client };
}

/** A client whose network is built and has predicted. */
export async function runningClient(
  architecture = attoArchitecture,
  options: Parameters<typeof createClient>[0] = {},
) {
  const all = createClient(options);
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
export async function rebuilt(engines: FakeEngines) {
  await engines.answer("start");
  await engines.answer("loadWeights");
  await engines.answer("setImage");
  const [architecture] = await engines.answer("build");
  await engines.answer("predict");
  return architecture;
}

/** @file The weights of the first minute, and a person who is faster. */
import { afterEach, expect, it, vi } from "vitest";
import { attoArchitecture, engineError, turn } from "../engine/fakeEngine.testing.ts";
import { openWeightsFile } from "./actions.ts";
import { fakeSession, manifestAnswer } from "./fakeSession.testing.ts";
import { loadFirstWeights } from "./firstWeights.ts";

afterEach(() => vi.unstubAllGlobals());

it.each([
  ["come", () => manifestAnswer()],
  ["are not on the host", () => new Response(null, { status: 404 })],
] as const)("give way to a file that was opened before the list of checkpoints %s", async (_, answer) => {
  let arrive: (answer: Response) => void = () => undefined;
  const list = new Promise<Response>((resolve) => {
    arrive = resolve;
  });
  const { session, engines, engine } = await fakeSession(attoArchitecture, () => list);
  const first = loadFirstWeights(session);
  const opened = openWeightsFile(session, new File(["weights"], "mine.safetensors"));
  await engines.answer("start");
  const load = await engines.next("loadWeights");
  arrive(answer());
  await first;
  await turn();
  expect(engines.open).toEqual([]);
  load.answer({ id: "mine.safetensors", identity: "mine" });
  await opened;
  expect(engine.getState().weights?.id).toBe("mine.safetensors");
});

it("do not open the network that stands in where a person loads other weights meanwhile", async () => {
  const { session, engines, notices } = await fakeSession(attoArchitecture);
  const first = loadFirstWeights(session);
  await turn();
  await engines.answer("start");
  (await engines.next("loadWeights")).fail(engineError("weights", "The hub cannot be reached."));
  await turn();
  const standIn = await engines.next("loadWeights");
  expect(standIn.args[0]).toMatchObject({ id: "inception_next_yocto.fashion_mnist" });
  const opened = openWeightsFile(session, new File(["weights"], "mine.safetensors"));
  await engines.answer("cancel");
  standIn.fail(engineError("cancelled"));
  await engines.answer("loadWeights", { id: "mine.safetensors", identity: "mine" });
  await Promise.all([first, opened]);
  expect(session.editor.getState().architecture).toEqual(attoArchitecture);
  expect(notices()).toEqual(["mine.safetensors is loaded"]);
});

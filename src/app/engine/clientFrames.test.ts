/** @file Frames of a camera, on an engine that the test answers. */
import { expect, it } from "vitest";
import { runningClient } from "./fakeClient.testing.ts";
import { turn } from "./fakeEngine.testing.ts";

const frame = { width: 1, height: 1, data: new Uint8ClampedArray(3) };

it("a frame is shown once its prediction is there", async () => {
  const { engines, client } = await runningClient();
  let isShown = false;
  const shown = client.showFrame(frame, "camera").then(() => {
    isShown = true;
  });
  expect(await engines.answer("setImage")).toEqual([frame, "camera"]);
  expect(isShown).toBe(false);
  await engines.answer("predict");
  await shown;
  expect(engines.open).toEqual([]);
});

it("a picture that is chosen takes a frame's place", async () => {
  const { engines, client } = await runningClient();
  const shown = client.showFrame(frame, "camera");
  const refused = expect(shown).rejects.toMatchObject({ code: "cancelled" });
  await turn();
  const chosen = client.setImage(new Blob(["chosen"]));
  await refused;
  await engines.answer("setImage");
  await engines.answer("setImage");
  await engines.answer("predict");
  await expect(chosen).resolves.toEqual({ width: 1, height: 1 });
});

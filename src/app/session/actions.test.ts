/** @file What a person does while what they did before is still on its way. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { engineError, turn } from "../engine/fakeEngine.testing.ts";
import { pictureOf } from "../pictures/pictureStore.ts";
import { openEntry, openPreset, showPicture } from "./actions.ts";
import { runningSession } from "./fakeSession.testing.ts";

const [yocto, atto, tiny] = [
  "inception_next_yocto.fashion_mnist",
  "inception_next_atto.sail_in1k",
  "inception_next_tiny.sail_in1k",
] as const;

afterEach(() => vi.unstubAllGlobals());

describe("opening a network", () => {
  it.each(["preset", "entry"])(
    "whose weights are loaded stops those of the one opened before: %s",
    async (what) => {
      const { session, engines, engine, entryOf } = await runningSession(yocto);
      openPreset(session, entryOf(atto));
      await turn();
      const late = await engines.next("loadWeights");
      expect(late.args[0]).toMatchObject({ id: atto });
      if (what === "preset") openPreset(session, entryOf(yocto));
      else await openEntry(session, entryOf(yocto));
      expect(await engines.answer("cancel")).toEqual(["download"]);
      late.fail(engineError("cancelled"));
      await turn();
      expect(engines.open).toEqual([]);
      expect(engine.getState()).toMatchObject({ weights: { id: yocto }, fetching: undefined });
    },
  );

  it("asks nothing about one that is no longer open", async () => {
    const { session, notices, entryOf } = await runningSession(yocto);
    openPreset(session, entryOf(tiny));
    session.editor.getState().undo();
    await turn();
    expect(notices()).toEqual([]);
    session.editor.getState().redo();
    openPreset(session, entryOf(tiny));
    await turn();
    expect(notices()).toHaveLength(1);
  });
});

describe("a picture that cannot be read", () => {
  it("leaves the one in sight that the network looks at, not one that it never saw", async () => {
    const { session, engines } = await runningSession(yocto);
    const [seen, passing, broken] = ["seen", "passing", "broken"].map((name) =>
      pictureOf(name, new Blob([name])),
    );
    if (!seen || !passing || !broken) throw new Error("There are three.");
    const shown = showPicture(session, seen);
    await engines.answer("setImage");
    const predicting = await engines.next("predict");
    expect(await shown).toBe(true);
    const overtaken = showPicture(session, passing);
    const refused = showPicture(session, broken);
    predicting.answer({ ms: 1 });
    (await engines.next("setImage")).fail(engineError("badInput"));
    expect(await Promise.all([overtaken, refused])).toEqual([false, false]);
    expect(session.pictures.getState().current).toBe(seen);
  });

  it("is not in sight where there was none before", async () => {
    const { session, engines } = await runningSession(yocto);
    const refused = showPicture(session, pictureOf("broken", new Blob(["broken"])));
    (await engines.next("setImage")).fail(engineError("badInput"));
    expect(await refused).toBe(false);
    expect(session.pictures.getState().current).toBeUndefined();
  });
});

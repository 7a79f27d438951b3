import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Engine, Prediction } from "../../model/engine/api.ts";
import { FakeEngines, prediction, turn } from "./fakeEngine.testing.ts";
import { EngineLost, EngineProcess } from "./process.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function startProcess(connection = new FakeEngines().connect()) {
  const lost: string[] = [];
  return { process: new EngineProcess(connection, ({ message }) => lost.push(message)), lost };
}

describe("one worker's life", () => {
  it("holds on to no answer that was given", async () => {
    const { process } = startProcess();
    const answers: WeakRef<Prediction>[] = [];
    const predict = async () => {
      const answer = prediction(1);
      answers.push(new WeakRef(answer));
      await process.call(async () => answer);
    };
    for (let n = 0; n < 20; n++) await predict();
    await turn();
    collectGarbage();
    // The process lives on; of its answers at most the newest may still lie in a register.
    expect(answers.filter((answer) => answer.deref()).length).toBeLessThanOrEqual(1);
    await expect(process.call(async () => "alive")).resolves.toBe("alive");
  });

  it.each(["crash", "close"] as const)("ends every open call at a %s, and those after it", async (how) => {
    const engines = new FakeEngines();
    const { process, lost } = startProcess(engines.connect());
    const open = [1, 2].map(() => process.call((engine: Engine) => engine.predict()));
    const ends = open.map((call) => expect(call).rejects.toBeInstanceOf(EngineLost));
    if (how === "crash") engines.newest.crash("It ran away.");
    else process.close();
    await Promise.all(ends);
    await expect(process.call(async () => 1)).rejects.toBeInstanceOf(EngineLost);
    expect(lost).toEqual(how === "crash" ? ["It ran away."] : []);
  });
});

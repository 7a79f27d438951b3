import { expect, it } from "vitest";
import { partOf } from "./part.ts";

it("loads a part once, and tries again after a failure", async () => {
  const answers = [() => Promise.reject(new Error("Offline.")), () => Promise.resolve(() => null)];
  const part = partOf("a part", () => {
    const answer = answers.shift();
    if (!answer) throw new Error("It was loaded already.");
    return answer();
  });
  await expect(part.load()).rejects.toThrow("Offline.");
  expect(part.component()).toBeUndefined();
  await part.load();
  await part.load();
  expect(part.component()).toBeTypeOf("function");
});

import { describe, expect, it } from "vitest";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { addressOf } from "./address.ts";
import { looksLikeArchitecture, readArchitecture } from "./readArchitecture.ts";

const link = addressOf(attoArchitecture, "https://example.org/explorer/");

describe("a text that was pasted", () => {
  it.each([
    ["JSON", JSON.stringify(attoArchitecture, null, 2)],
    ["a link", link],
    ["a link in a sentence", `Look at ${link} please`],
  ])("is read where it is %s", (_what, text) => {
    expect(looksLikeArchitecture(text)).toBe(true);
    expect(readArchitecture(text)).toEqual({ ok: true, value: attoArchitecture });
  });

  it.each(["", "nonsense", "[1]", '{"version": 1}', link.slice(0, -20), "{"])(
    "says what is wrong with %j",
    (text) => {
      const read = readArchitecture(text);
      expect(read.ok).toBe(false);
      if (!read.ok) expect(read.issues.length).toBeGreaterThan(0);
    },
  );

  it.each(["hello", "https://example.org/", '{"name": "x"}'])("is left alone where it is %j", (text) => {
    expect(looksLikeArchitecture(text)).toBe(false);
  });
});

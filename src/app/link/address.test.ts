import { describe, expect, it } from "vitest";
import { presets } from "../../model/architecture/presets.ts";
import { addressOf, architectureInHash } from "./address.ts";

describe("the address bar", () => {
  it.each(presets)("carries $id there and back", ({ architecture }) => {
    const address = addressOf(architecture, "https://example.org/sub/path/?backend=wasm#a=old");
    expect(address).toMatch(/^https:\/\/example\.org\/sub\/path\/\?backend=wasm#a=1\./);
    expect(architectureInHash(new URL(address).hash)).toEqual({ kind: "architecture", architecture });
  });

  it.each(["", "#", "#learn", "#b=1"])("holds nothing in %j", (hash) => {
    expect(architectureInHash(hash)).toEqual({ kind: "none" });
  });

  it.each(["#a=", "#a=1.???", "#a=nonsense", "#a=%E0%A4%A"])("says what is wrong with %j", (hash) => {
    const linked = architectureInHash(hash);
    expect(linked.kind).toBe("damaged");
    if (linked.kind === "damaged") expect(linked.issues[0]?.message).toContain("This link cannot be read");
  });
});

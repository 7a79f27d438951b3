import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { decodeArchitecture, encodeArchitecture } from "./link.ts";
import { presets } from "./presets.ts";
import { ArchitectureError } from "./schema.ts";

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

describe("links", () => {
  it.each(presets)("carry $id there and back in a few hundred characters", ({ architecture }) => {
    const link = encodeArchitecture(architecture);
    expect(link).toMatch(/^1\.[\w-]+$/);
    expect(link.length).toBeLessThan(500);
    expect(decodeArchitecture(link)).toEqual(architecture);
  });

  it("read a link that was made before", () => {
    const link = encodeArchitecture(presets[0]?.architecture ?? decodeArchitecture(""));
    expect(decodeArchitecture(link).stages[0].dim).toBe(40);
  });

  const good = encodeArchitecture(presets[0]?.architecture ?? decodeArchitecture(""));
  it.each([
    ["empty", ""],
    ["cut off", good.slice(0, 60)],
    ["of another version", `2${good.slice(1)}`],
    ["with foreign characters", "1.???"],
    ["of noise", "1.AAAAAAAA"],
    ["that is a bomb", `1.${base64Url(deflateSync(new Uint8Array(50_000_000)))}`],
    ["of something else", `1.${base64Url(deflateSync(new TextEncoder().encode("[1]")))}`],
  ])("say what is wrong with a link %s", (_what, link) => {
    expect(() => decodeArchitecture(link)).toThrow(ArchitectureError);
  });
});

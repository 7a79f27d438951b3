import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { decodeArchitecture, encodeArchitecture } from "./link.ts";
import { presetOf, presets } from "./presets.ts";
import { ArchitectureError } from "./schema.ts";

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

describe("links", () => {
  it.each(presets)("carry $id there and back in a few hundred characters", ({ architecture }) => {
    const link = encodeArchitecture(architecture);
    expect(link).toMatch(/^1\.[\w-]+$/);
    expect(link.length).toBeLessThan(500);
    expect(decodeArchitecture(link)).toEqual(architecture);
  });

  it.each([
    [
      "inceptionnext_atto",
      "1.xZG9bgIxEITfZWsnuh-CkusiqihKiqSJFKVY7laxxXkPbIMQp3t3RvwJRI3ovOOd-cZyTysJ0XVKVW5I2QtV9Ka1" +
        "zBPET_lJD69kyOnEsqq0kaoSo-d_-XYbLBfFCL6ln7Qco-A6z7IMShc8kqacars7G4oJJiz89tQg3sJrqHFYG8Hg2_kXg4nJUOpmoh9uLYGqnmZOG2S5YytkTQNrbQ-G7LF4gsTavEtAx32xFxAXSw5yLpbDYK7wz_fBjw_4fHzf55fFBR_fe0v-nyErjMBTMNCIPCswDFs",
    ],
    [
      "convnext_tiny",
      "1.tY89T8MwEIb_yzsbKUlR23jNDAMwICEGi5zIKfa5sk2BRvnvPaVVl67t5o_3ed67CXtKmaPA1gbiAsGii7J_pvfy" +
        "8AYDlm5wIuQz7EqvwX3TKx801zSPivyEzrucSb_rqqr0JaagEu_-KS1ng1wU0sDHhJ52ZVhMPWusXRsEv3txhSOs-kocSZ74jxLshJGlV9cC_XImdY1qJX-aYGPwpbOe6XqezVVB3TZ3amjPDautSu-6w2a9vWnDp8FATpEL6lnIJczzEQ",
    ],
  ])("read one to %s that was made when the norm stood for the family", (id, link) => {
    expect(decodeArchitecture(link)).toEqual(presetOf(id).architecture);
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

import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HubStandIn, startHubStandIn } from "../src/model/weights/hubStandIn.testing.ts";
import { type Manifest, parseManifest } from "../src/model/weights/manifest.ts";
import { type Places, putWeights } from "./weights.ts";
import { formatManifest } from "./weightsManifest.ts";

const checkpoints = new URL("../src/model/weights/fixtures/checkpoints/", import.meta.url);
const shipped = new URL("../public/weights/manifest.json", import.meta.url);
const hubPath = "timm/inception_next_atto.sail_in1k/main/model.safetensors";
const githubPath = "sail-sg/inceptionnext/download/model/inceptionnext_atto.pth";
const patience = { attempts: 1, backOff: 1, longestWait: 1, stall: 500 };

let hub: HubStandIn;
let places: Places;
beforeEach(async () => {
  hub = await startHubStandIn();
  const folder = await mkdtemp(join(tmpdir(), "weights-"));
  places = { folder, hub: hub.url, github: hub.url };
  // The micro network stands for atto, of which there is no small file.
  const { entries } = parseManifest(JSON.parse(await readFile(shipped, "utf8")));
  const micro = JSON.parse(await readFile(new URL("../micro.json", checkpoints), "utf8"))[0].architecture;
  const changed = entries.map((entry) =>
    entry.id.includes("_atto.") && entry.hub?.repo.includes("inception")
      ? {
          ...entry,
          architecture: micro,
          preprocessing: { ...entry.preprocessing, imageSize: micro.imageSize },
        }
      : entry,
  );
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ version: 1, entries: changed }));
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(places.folder, { recursive: true });
  await hub.close();
});

const fixture = (name: string) => readFile(new URL(name, checkpoints));
const put = (wanted: { name?: string; file?: string; github?: boolean }) =>
  putWeights({ name: "atto", github: false, ...wanted }, places, { patience });
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function noted(): Promise<Manifest["entries"][number] | undefined> {
  const manifest = parseManifest(JSON.parse(await readFile(join(places.folder, "manifest.json"), "utf8")));
  return manifest.entries.find(({ id }) => id === "inception_next_atto.sail_in1k");
}

describe("putWeights", () => {
  it("fetches from the hub, verifies, writes and notes the file", async () => {
    const bytes = await fixture("micro.safetensors");
    hub.put(hubPath, { bytes });
    expect(await put({})).toContain("0.5 MB from");
    const file = "inception_next_atto.sail_in1k.safetensors";
    expect(Buffer.compare(await readFile(join(places.folder, file)), bytes)).toBe(0);
    expect(await noted()).toMatchObject({ file, fileBytes: bytes.length, fileSha256: sha256(bytes) });
    expect((await noted())?.hub?.repo).toBe("timm/inception_next_atto.sail_in1k");
  });

  it("takes the GitHub release where the hub has nothing, or when asked to", async () => {
    const bytes = await fixture("micro.wrapped.pth");
    hub.put(githubPath, { bytes });
    await put({});
    expect(await noted()).toMatchObject({
      file: "inception_next_atto.sail_in1k.pth",
      fileSha256: sha256(bytes),
    });
    hub.put(hubPath, { bytes: await fixture("micro.safetensors") });
    await put({ github: true });
    expect((await noted())?.file).toBe("inception_next_atto.sail_in1k.pth");
  });

  it("takes a local file", async () => {
    await put({ file: new URL("micro.legacy.pth", checkpoints).pathname });
    expect(await noted()).toMatchObject({ file: "inception_next_atto.sail_in1k.pth" });
  });

  it("writes nothing that is damaged or another network", async () => {
    hub.put(hubPath, { bytes: await fixture("micro.safetensors"), fault: "altered" });
    await expect(put({})).rejects.toMatchObject({ code: "wrongHash" });
    await expect(put({ file: new URL("micro_odd.pth", checkpoints).pathname })).rejects.toMatchObject({
      code: "wrongArchitecture",
    });
    expect((await noted())?.file).toBeUndefined();
  });

  it("names the checkpoints that it knows", async () => {
    await expect(put({ name: "huge" })).rejects.toThrow(
      "Known: yocto, atto, tiny, small, base, base_384, convnext_atto, convnext_tiny, resnet50.",
    );
    await expect(put({ name: "resnet50", github: true })).rejects.toThrow(
      "not in the official GitHub release",
    );
  });
});

describe("formatManifest", () => {
  it("leaves the shipped manifest as it is, so that a note changes only its own lines", async () => {
    const text = await readFile(shipped, "utf8");
    expect(formatManifest(JSON.parse(text))).toBe(text);
  });
});

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edit } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { defaultMixer } from "../mixers/table.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { writeSafetensors } from "../weights/safetensors.ts";
import facts from "./fixtures/bundledFacts.json" with { type: "json" };
import { loadWeights, provenanceOf, untrained } from "./weights.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const publicFolder = new URL("../../../public/", import.meta.url);
const bundled = readFileSync(new URL("weights/inception_next_yocto.fashion_mnist.safetensors", publicFolder));
const micro = readFileSync(new URL("../weights/fixtures/checkpoints/micro.safetensors", import.meta.url));

let server: Server;
let site: string;
beforeAll(async () => {
  const manifest = readFileSync(new URL("weights/manifest.json", publicFolder));
  server = createServer((request, response) => {
    const isManifest = request.url === "/weights/manifest.json";
    response.writeHead(isManifest ? 200 : 404).end(isManifest ? manifest : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());

const load = (bytes: Uint8Array<ArrayBuffer>, name: string, from = site) =>
  loadWeights(
    { kind: "file", file: new Blob([bytes]), name },
    { site: from },
    { signal: new AbortController().signal, onProgress: undefined },
  );

describe("a file that a person gives", () => {
  it("has the classes and the transform of the manifest where that knows it, whatever its name", async () => {
    const loaded = await load(bundled, "copy (1).safetensors");
    expect(loaded.info).toMatchObject({
      id: facts.id,
      kind: "file",
      origin: "a file",
      dataset: "fashion-mnist",
      bytes: facts.bytes,
      verified: true,
      architecture: {
        ...facts.architecture,
        version: 2,
        family: "metanext",
        name: "InceptionNeXt-Y",
      },
    });
    expect(facts.preprocessing).toMatchObject(loaded.preprocessing);
    expect(await loaded.classNames(10)).toEqual(facts.classNames);
    // Of another head the classes are not known.
    expect(await loaded.classNames(5)).toEqual([]);
    expect(loaded.testSet).toBeDefined();
  });

  it("has its own name and ImageNet's transform where the manifest does not know it", async () => {
    const loaded = await load(micro, "micro.safetensors");
    expect(loaded.info).toMatchObject({ id: "micro.safetensors", kind: "file", verified: false });
    expect(loaded.info.dataset).toBeUndefined();
    expect(loaded.info.architecture?.name).toBe("micro.safetensors");
    expect(loaded.preprocessing).toMatchObject({ imageSize: 224, cropPct: 0.875 });
    expect(await loaded.classNames(10)).toEqual([]);
    expect(await loaded.classNames(1000)).toContain("Egyptian cat");
  });

  it("is loaded all the same where there is no manifest", async () => {
    const { info } = await load(bundled, "copy.safetensors", `${site}elsewhere/`);
    expect(info).toMatchObject({ id: "copy.safetensors", verified: false });
  });
});

describe("weights that were never trained", () => {
  const atto = presetOf("inceptionnext_atto").architecture;
  const withDim = (dim: number) => ({
    ...atto,
    stages: atto.stages.with(0, { ...atto.stages[0], dim }) as unknown as typeof atto.stages,
  });

  it("are the same arrays for what an edit leaves alone, and nothing holds on to what no network uses", async () => {
    const { carryOver } = untrained();
    const of = (dim: number) => carryOver(withDim(dim), lower(withDim(dim))).tensors;
    let present = of(40);
    const drawn: WeakRef<Float32Array>[] = [];
    for (const dim of [44, 48, 52, 56]) {
      const next = of(dim);
      expect(next.get("head.fc1.weight")?.data).toBe(present.get("head.fc1.weight")?.data);
      for (const [key, { data }] of next) if (data !== present.get(key)?.data) drawn.push(new WeakRef(data));
      present = next;
      await new Promise((resolve) => setTimeout(resolve));
    }
    present = of(40);
    await new Promise((resolve) => setTimeout(resolve));
    collectGarbage();
    expect(drawn.length).toBeGreaterThan(100);
    // The newest of the four steps may still lie on the stack.
    expect(drawn.filter((array) => array.deref()).length).toBeLessThanOrEqual(drawn.length / 4);
    expect(present.size).toBeGreaterThan(0);
  });
});

it("calls a network pretrained no more once its blocks pool, though no tensor is another one", async () => {
  const { architecture } = presetOf("metanext_tiny_identity");
  const { stages } = architecture;
  const small = stages.map((stage) => ({ ...stage, depth: 1, dim: 8 })) as unknown as typeof stages;
  const trained = { ...architecture, imageSize: 32, numClasses: 3, stages: small };
  const file = new Blob([...writeSafetensors(seededWeights(lower(trained)))]);
  const loaded = await load(new Uint8Array(await file.arrayBuffer()), "identity.safetensors");
  const badgeOf = (network: Architecture) =>
    provenanceOf(loaded, loaded.carryOver(network, lower(network))).badge;
  expect(badgeOf(trained)).toBe("pretrained");
  const pooling = edit(trained, "stages[1].tokenMixer", defaultMixer("pool"));
  if (!pooling.ok) throw new Error(pooling.issues[0]?.message);
  expect(badgeOf(pooling.value)).toBe("partly pretrained");
});

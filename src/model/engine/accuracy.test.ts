import { expect, it } from "vitest";
import { needOf } from "../analysis/limits.ts";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import type { RunnableNetwork } from "../runtime/runnable.ts";
import { accuracyOfCurrent } from "./accuracy.ts";
import { CurrentNetwork } from "./current.ts";
import type { Started } from "./started.ts";
import { untrained } from "./weights.ts";

it("refuses a network that fits with one image and not with a batch, before anything is fetched", async () => {
  const { architecture } = presetOf("inceptionnext_atto");
  const graph = lower(architecture);
  const testSet = { image: "sprite.png", labels: "labels.json" };
  const weights = { ...untrained(), testSet };
  const network = { kernels: "fused" } as RunnableNetwork;
  const provenance = { badge: "untrained", carried: 0 } as const;
  const parts = { architecture, graph, weights, tensors: new Map(), network, provenance };
  const current = new CurrentNetwork(parts, { tensors: undefined as never });
  const limits = { tensorBytes: 2 ** 30, totalBytes: needOf(graph, { batch: 1 }).total };
  const watching = {
    signal: new AbortController().signal,
    onProgress: undefined,
    places: { site: "https://example.org/" },
    letOthersIn: async () => undefined,
  };
  await expect(accuracyOfCurrent(current, { limits } as Started, watching)).rejects.toMatchObject({
    name: "overLimits",
    message: expect.stringContaining("batch: The network needs"),
  });
});

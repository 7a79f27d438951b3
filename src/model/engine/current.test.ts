import { expect, it } from "vitest";
import { needOf } from "../analysis/limits.ts";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import type { RunnableNetwork } from "../runtime/runnable.ts";
import { CurrentNetwork } from "./current.ts";
import { untrained } from "./weights.ts";

it("asks for room before a batch, or the stock twin, takes more than it was built for", () => {
  const { architecture } = presetOf("inceptionnext_atto");
  const graph = lower(architecture);
  const weights = untrained();
  const network = { kernels: "fused" } as RunnableNetwork;
  const provenance = { badge: "untrained", carried: 0 } as const;
  const parts = { architecture, graph, weights, tensors: new Map(), network, provenance };
  const current = new CurrentNetwork(parts, { tensors: undefined as never });
  const limits = { tensorBytes: 2 ** 30, totalBytes: needOf(graph, { batch: 1 }).total };
  const refused = expect.objectContaining({ name: "overLimits" });
  expect(() => current.checkRoom(limits, 1, [])).not.toThrow();
  expect(() => current.checkRoom(limits, 2, [])).toThrow(refused);
  expect(() => current.checkRoom(limits, 1, ["stem"])).toThrow(refused);
  expect(current.need.total).toBe(limits.totalBytes);
});

import { expect, it } from "vitest";
import { lower } from "../graph/lower.ts";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import { defaultMixer, mixerKinds } from "../mixers/table.ts";
import { probes } from "./variants.ts";

it("is checked on every operation that a mixer may come to", () => {
  const [probe] = probes;
  if (!probe) throw new Error("There are no probes.");
  const kindsOf = (architecture: typeof probe) =>
    fuse(fold(lower(architecture)).graph).nodes.map(({ op }) => op.kind);
  const [a, b, c, d] = probe.stages;
  const checked = new Set(probes.flatMap(kindsOf));
  for (const norm of ["batchnorm", "layernorm"] as const) {
    for (const kind of mixerKinds) {
      const taken = kindsOf({ ...probe, norm, stages: [a, b, c, { ...d, tokenMixer: defaultMixer(kind) }] });
      expect(
        taken.filter((op) => !checked.has(op)),
        `${kind}, ${norm}`,
      ).toEqual([]);
    }
  }
});

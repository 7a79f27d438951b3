import fc from "fast-check";
import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import { planSlots, type Value } from "./slots.ts";

/** Values that each read some of those before. */
const values: fc.Arbitrary<readonly Value[]> = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 9 }), reads: fc.array(fc.nat(), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) =>
    list.map(({ size, reads }, index) => ({
      id: String(index),
      size,
      inputs: index === 0 ? [] : [index - 1, ...reads.map((read) => read % index)].map(String),
    })),
  );

it("gives no value the memory of one that is still read", () => {
  fc.assert(
    fc.property(values, (list) => {
      const output = String(list.length - 1);
      const { slots, sizes } = planSlots(list, output);
      const holds = new Map<number, string>();
      for (const { id, inputs, size } of list) {
        const slot = slots.get(id) ?? -1;
        for (const input of inputs) expect(holds.get(slots.get(input) ?? -1)).toBe(input);
        expect(inputs.map((input) => slots.get(input))).not.toContain(slot);
        expect(sizes[slot]).toBeGreaterThanOrEqual(size);
        holds.set(slot, id);
      }
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }),
  );
});

it("needs no more for a deep network than for what is alive at once", () => {
  const { nodes, output } = fuse(fold(lower(presetOf("inceptionnext_tiny").architecture)).graph);
  const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
  const plan = planSlots(
    nodes.map((node) => ({ id: node.id, inputs: node.inputs, size: size(node.output) })),
    output,
  );
  // A block's input, its mixed tokens and its hidden layer, at the first stage.
  const map = 96 * 56 * 56;
  expect(plan.sizes.reduce((sum, value) => sum + value)).toBeLessThanOrEqual(map + map + 4 * map);
});

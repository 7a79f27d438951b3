/** @file Which activations can share memory: each value gets a slot that no value alive at the same time has. */

export interface Value {
  readonly id: string;
  /** Ids of the values that it is computed from. */
  readonly inputs: readonly string[];
  /** In any unit. */
  readonly size: number;
}

export interface SlotPlan {
  /** Index into `sizes` by id. */
  readonly slots: ReadonlyMap<string, number>;
  /** Largest first, so that the slots of two networks compare. */
  readonly sizes: readonly number[];
}

/** `values` in the order in which they are computed; the `output` stays. A value never shares a slot with its inputs. */
export function planSlots(values: readonly Value[], output: string): SlotPlan {
  const lastUse = new Map(values.flatMap(({ inputs }, index) => inputs.map((id) => [id, index] as const)));
  lastUse.set(output, values.length);
  const sizes: number[] = [];
  const slots = new Map<string, number>();
  const free = new Set<number>();
  for (const [index, { id, inputs, size }] of values.entries()) {
    const slot = bestSlot(free, sizes, size) ?? sizes.length;
    free.delete(slot);
    sizes[slot] = Math.max(sizes[slot] ?? 0, size);
    slots.set(id, slot);
    for (const input of new Set(inputs)) {
      const used = slots.get(input);
      if (used !== undefined && lastUse.get(input) === index) free.add(used);
    }
  }
  const order = sizes.map((_, slot) => slot).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  return {
    slots: new Map([...slots].map(([id, slot]) => [id, order.indexOf(slot)])),
    sizes: order.map((slot) => sizes[slot] ?? 0),
  };
}

/** The smallest free slot that holds `size`, else the largest, which has to grow least. */
function bestSlot(free: ReadonlySet<number>, sizes: readonly number[], size: number): number | undefined {
  const bySize = [...free].sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0));
  return bySize.find((slot) => (sizes[slot] ?? 0) >= size) ?? bySize.at(-1);
}

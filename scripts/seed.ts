/**
 * @file Every run of the tests draws its random examples anew, so that a fault that one run misses is met by a later one.
 *
 * The seed is said at the start, and by each property that fails; `FC_SEED` runs the same examples again.
 */
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** What every random example of this run grows from. */
    readonly seed: number;
  }
}

/** Before any test of a project: draws the seed, says it and hands it to the tests. */
export function setup(project: TestProject): void {
  const seed = seedOf(process.env["FC_SEED"]);
  project.provide("seed", seed);
  console.log(`Examples are drawn from the seed ${seed}; FC_SEED=${seed} draws them again.`);
}

/** The seed that was asked for, else a new one: 32 bits, signed, as fast-check takes and prints it. @throws RangeError if it is none. */
export function seedOf(wanted: string | undefined): number {
  const seed = wanted ? Number(wanted) : Math.floor(2 ** 32 * Math.random()) | 0;
  if (seed !== (seed | 0)) throw new RangeError(`FC_SEED must be a whole number of 32 bits, not ${wanted}.`);
  return seed;
}

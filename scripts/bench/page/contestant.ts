/** @file What is compared: a way to run a network, ready to be run on one seeded image. */
import type { Architecture } from "../../../src/model/architecture/schema.ts";

export interface Contestant {
  /** What it runs on, in a few words. */
  readonly on: string;
  /** Logits of the seeded image, from its pixels; ends when they are on the CPU. */
  run(): Promise<Float32Array>;
}

/** Builds the network with seeded weights. The page is closed afterwards, which frees everything. */
export type OpenContestant = (architecture: Architecture) => Promise<Contestant>;

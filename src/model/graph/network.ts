/**
 * @file What can be measured: an architecture that a person edits, or a fixed baseline that has no architecture JSON. Both
 * come to a LayerGraph, so everything after it runs them alike.
 */
import { z } from "zod";
import { type Architecture, type Parsed, parseArchitecture } from "../architecture/schema.ts";
import { lower } from "./lower.ts";
import { once } from "./once.ts";
import { lowerResnet50 } from "./resnet50.ts";
import type { LayerGraph } from "./types.ts";

/** ResNet-50 at 224 x 224 with 1000 classes, as torchvision builds it. */
export interface FixedNetwork {
  readonly fixed: "resnet50";
}

export type AnyNetwork = Architecture | FixedNetwork;

export const resnet50: FixedNetwork = { fixed: "resnet50" };

const fixedNetwork = z.strictObject({ fixed: z.literal("resnet50", "The only fixed network is resnet50") });

export function isFixed(network: AnyNetwork): network is FixedNetwork {
  return "fixed" in network;
}

/** Every layer of the (valid) network. The same network object gives the same graph object. */
export const graphOf: (network: AnyNetwork) => LayerGraph = once((network) =>
  isFixed(network) ? lowerResnet50() : lower(network),
);

/** As it may be shown; architectures need not have a name. */
export function nameOf(network: AnyNetwork): string {
  return isFixed(network) ? "ResNet-50" : (network.name ?? "Unnamed network");
}

/** Side of the square input image in pixels, and its channels. */
export function inputOf(network: AnyNetwork): { readonly imageSize: number; readonly inChannels: number } {
  return isFixed(network) ? { imageSize: 224, inChannels: 3 } : network;
}

/** Checks any value against both formats. Never throws; every issue names the field it is about. */
export function parseNetwork(input: unknown): Parsed<AnyNetwork> {
  if (typeof input !== "object" || input === null || !("fixed" in input)) return parseArchitecture(input);
  const { data, error } = fixedNetwork.safeParse(input);
  if (data) return { ok: true, value: data };
  const issues = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  return { ok: false, issues };
}

/** For formats that hold networks. */
export const anyNetworkSchema = z.unknown().transform((input, context): AnyNetwork => {
  const parsed = parseNetwork(input);
  if (parsed.ok) return parsed.value;
  for (const { path, message } of parsed.issues) {
    context.addIssue({ code: "custom", message, ...(path ? { path: [path] } : {}) });
  }
  return z.NEVER;
});

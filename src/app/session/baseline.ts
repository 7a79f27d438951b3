/** @file What an architecture that came by a link is compared with: the network that it was most likely edited from. */
import type { Architecture } from "../../model/architecture/schema.ts";
import { sameNetwork } from "../network/sameNetwork.ts";

/** The known network that it is, else the one of its name, else itself. */
export function baselineFor(architecture: Architecture, known: readonly Architecture[]): Architecture {
  const same = known.find((network) => sameNetwork(network, architecture));
  const named = known.find(({ name }) => name !== undefined && name === architecture.name);
  return same ?? named ?? architecture;
}

/** @file What an architecture that came by a link is compared with: the preset that it was most likely edited from. */
import { presets } from "../../model/architecture/presets.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { sameNetwork } from "../engine/sameNetwork.ts";

/** The preset that it is, else the one of its name, else itself. */
export function baselineFor(architecture: Architecture): Architecture {
  const all = presets.map((preset) => preset.architecture);
  const same = all.find((preset) => sameNetwork(preset, architecture));
  const named = all.find((preset) => preset.name !== undefined && preset.name === architecture.name);
  return same ?? named ?? architecture;
}

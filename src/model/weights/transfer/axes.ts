/** @file The map of every axis that two networks share. */
import type { Architecture } from "../../architecture/schema.ts";
import { type AxisMap, positionMap } from "./axisMap.ts";
import { channelMap } from "./roles.ts";
import type { Axis, Sites } from "./sites.ts";

/** An architecture and where its tensors are. */
export interface Placed {
  readonly architecture: Architecture;
  readonly sites: Sites;
}

/** Gives the map of an axis from source to target, computed once. */
export function axisMaps(source: Placed, target: Placed): (axis: Axis) => AxisMap {
  const [from, to] = [source.architecture, target.architecture];
  const stages = to.stages.map(({ dim }, stage) =>
    channelMap(
      from.stages[stage]?.dim ?? 0,
      source.sites.mixers[stage]?.[0],
      dim,
      target.sites.mixers[stage]?.[0],
    ),
  );
  const hidden = to.stages.map((_, stage) => positionMap(hiddenOf(from, stage), hiddenOf(to, stage)));
  const image = positionMap(from.inChannels, to.inChannels);
  const headHidden = positionMap(headHiddenOf(from), headHiddenOf(to));
  const classes = positionMap(from.numClasses, to.numClasses);
  return (axis) => {
    switch (axis.kind) {
      case "image":
        return image;
      case "stage":
        return stages[axis.stage] ?? nothing;
      case "hidden":
        return hidden[axis.stage] ?? nothing;
      case "headHidden":
        return headHidden;
      case "classes":
        return classes;
      default:
        return axis satisfies never;
    }
  };
}

const nothing = positionMap(0, 0);

function hiddenOf({ stages }: Architecture, index: number): number {
  const stage = stages[index];
  return stage ? Math.floor(stage.dim * stage.mlpRatio) : 0;
}

function headHiddenOf({ head, stages }: Architecture): number {
  return head.kind === "mlp" ? Math.floor(stages[3].dim * head.mlpRatio) : stages[3].dim;
}

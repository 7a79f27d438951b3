/** @file The network that a checkpoint holds, where it is whole and can be edited. */
import { isFixed, nameOf } from "../graph/network.ts";
import type { Recognition } from "./recognise.ts";
import { CheckpointError } from "./tensorMap.ts";
import type { TrainedNetwork } from "./transfer.ts";

/** @throws CheckpointError `wrongArchitecture` where tensors are missing, or for ResNet-50. */
export function trainedNetworkOf({ architecture, tensors, missing, misshaped }: Recognition): TrainedNetwork {
  if (isFixed(architecture)) {
    throw new CheckpointError(
      "wrongArchitecture",
      `${nameOf(architecture)} is a fixed baseline and cannot be edited.`,
    );
  }
  const wrong = [...missing, ...misshaped.map(({ key }) => key)];
  if (wrong.length > 0) {
    const named = wrong.slice(0, 3).join(", ") + (wrong.length > 3 ? ` and ${wrong.length - 3} more` : "");
    throw new CheckpointError(
      "wrongArchitecture",
      `The checkpoint lacks tensors, or has them in another shape: ${named}.`,
    );
  }
  return { architecture, tensors };
}

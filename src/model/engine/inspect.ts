/** @file What a checkpoint has and lacks for the network that its tensors are of. Needs no device. */
import { readCheckpoint } from "../weights/checkpoint.ts";
import { recogniseArchitecture } from "../weights/recognise.ts";
import { blobSource } from "../weights/source.ts";
import type { CheckpointKeys } from "./api.ts";

/** @throws CheckpointError */
export async function inspectFile(file: Blob): Promise<CheckpointKeys> {
  const { tensors } = await readCheckpoint(blobSource(file));
  const { missing, extra, misshaped, tensors: matched } = recogniseArchitecture(tensors);
  return { matched: matched.size, missing, extra, misshaped };
}

/**
 * @file Checkpoints that a person names on the command line.
 */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { readCheckpoint } from "../model/weights/checkpoint.ts";
import { entryOfFile } from "../model/weights/identify.ts";
import { parseManifest } from "../model/weights/manifest.ts";
import { type Recognition, recogniseArchitecture } from "../model/weights/recognise.ts";
import type { CheckpointSource } from "../model/weights/source.ts";
import { type Checkpoint, CheckpointError } from "../model/weights/tensorMap.ts";
import { trainedNetworkOf } from "../model/weights/trainedNetwork.ts";
import type { TrainedNetwork } from "../model/weights/transfer.ts";
import { InputError } from "./command.ts";
import { findFile } from "./files.ts";

const manifestPath = join(import.meta.dirname, "../../public/weights/manifest.json");

/**
 * A checkpoint and the network that it holds. The image size is the manifest's where that knows the file, else 224: the
 * shapes do not tell it.
 * @throws InputError naming the file.
 */
export function openCheckpoint(
  file: string,
): Promise<{ readonly checkpoint: Checkpoint; readonly recognition: Recognition }> {
  return withSource(file, async (source) => {
    const checkpoint = await readCheckpoint(source);
    const { entries } = parseManifest(JSON.parse(readFileSync(manifestPath, "utf8")));
    const imageSize = (await entryOfFile(source, entries))?.entry.preprocessing.imageSize;
    const recognition = recogniseArchitecture(
      checkpoint.tensors,
      imageSize === undefined ? {} : { imageSize },
    );
    return { checkpoint, recognition };
  });
}

/** A checkpoint of a whole network. @throws InputError naming the file. */
export async function openTrained(file: string): Promise<TrainedNetwork> {
  const { recognition } = await openCheckpoint(file);
  return told(file, () => trainedNetworkOf(recognition));
}

/** The file in slices, as long as `use` takes. */
async function withSource<T>(file: string, use: (source: CheckpointSource) => Promise<T>): Promise<T> {
  const { path, bytes: size } = findFile(file);
  const descriptor = openSync(path, "r");
  const slice = async (start: number, end: number) => {
    const bytes = new Uint8Array(end - start);
    let at = 0;
    while (at < bytes.length) {
      const read = readSync(descriptor, bytes, at, bytes.length - at, start + at);
      if (read === 0) return bytes.subarray(0, at);
      at += read;
    }
    return bytes;
  };
  try {
    return await told(file, () => use({ size, slice }));
  } finally {
    closeSync(descriptor);
  }
}

/** As `run`, with what is wrong with the checkpoint told by its name. */
async function told<T>(file: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CheckpointError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

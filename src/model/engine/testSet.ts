/** @file Labelled test images that lie beside a checkpoint: one sprite of equal tiles, and their labels. */
import { z } from "zod";
import { EngineError } from "../runtime/errors.ts";
import type { Places } from "./api.ts";
import type { LoadedWeights } from "./weights.ts";

const labelsFile = z.object({
  tile: z.number().int().positive(),
  columns: z.number().int().positive(),
  labels: z.array(z.number().int().nonnegative()),
});

/** Paths below the page's `weights/`. */
export type TestSetFiles = NonNullable<LoadedWeights["testSet"]>;

/** @throws EngineError `weights` if a file is missing or not what it should be. */
export async function fetchTestSet(
  { image, labels }: TestSetFiles,
  { site }: Places,
  signal: AbortSignal,
): Promise<z.infer<typeof labelsFile> & { readonly sprite: Blob }> {
  const get = async (file: string) => {
    const response = await fetch(new URL(`weights/${file}`, site), { signal });
    if (!response.ok)
      throw new EngineError("weights", `The test images are not there: ${file} gave ${response.status}.`);
    return response;
  };
  const [sprite, text] = await Promise.all([get(image), get(labels)]);
  return { ...labelsFile.parse(await text.json()), sprite: await sprite.blob() };
}

/** @file Labelled test images of a checkpoint, cut from their sprite: one of each class. */
import { z } from "zod";
import type { LibraryEntry } from "../library/library.ts";
import { type Picture, pictureOf } from "./pictureStore.ts";

const labelsFile = z.object({
  tile: z.int().positive(),
  columns: z.int().positive(),
  labels: z.array(z.int().nonnegative()),
});

const inWeights = (file: string) => new URL(`weights/${file}`, document.baseURI);

/** The first test image of every class, in the order of the classes; empty where the checkpoint has none. */
export async function fetchTestImages({ testSet, classNames }: LibraryEntry): Promise<readonly Picture[]> {
  if (!testSet || typeof classNames === "string") return [];
  const responses = await Promise.all(
    [testSet.labels, testSet.image].map((file) => fetch(inWeights(file))),
  ).catch(() => []);
  const [labelsAnswer, spriteAnswer] = responses;
  if (!labelsAnswer?.ok || !spriteAnswer?.ok) throw new Error("The test images are not on this host.");
  const { tile, columns, labels } = labelsFile.parse(await labelsAnswer.json());
  const sprite = await createImageBitmap(await spriteAnswer.blob(), { colorSpaceConversion: "none" });
  try {
    const chosen = firstOfEach(labels, classNames.length);
    return await Promise.all(
      chosen.map(async (index) => {
        const label = classNames[labels[index] ?? -1] ?? `class ${labels[index]}`;
        const image = await cut(sprite, tile, columns, index);
        return { ...pictureOf(`Test image ${index + 1}`, image, label), id: `${testSet.image}#${index}` };
      }),
    );
  } finally {
    sprite.close();
  }
}

/** Index of the first image of every class that has one, by class. */
export function firstOfEach(labels: readonly number[], classes: number): readonly number[] {
  return Array.from({ length: classes }, (_, label) => labels.indexOf(label)).filter((index) => index >= 0);
}

/** PNG keeps every pixel as it is. */
async function cut(sprite: ImageBitmap, tile: number, columns: number, index: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(tile, tile);
  const left = (index % columns) * tile;
  const top = Math.floor(index / columns) * tile;
  canvas.getContext("2d")?.drawImage(sprite, left, top, tile, tile, 0, 0, tile, tile);
  return canvas.convertToBlob({ type: "image/png" });
}

/** @file The photographs that come with the app, below `samples/`. */
import { type Picture, pictureOf } from "./pictureStore.ts";

export interface Photograph {
  readonly file: string;
  /** What a person calls it. */
  readonly name: string;
  readonly credit: string;
}

/** Copies from scikit-image; `samples/LICENCES.md` has the same. */
export const photographs: readonly Photograph[] = [
  { file: "chelsea.png", name: "Cat", credit: "Chelsea, by Stefan van der Walt, CC0" },
  { file: "coffee.png", name: "Coffee", credit: "A cup of coffee, by Rachel Michetti, CC0" },
  { file: "rocket.jpg", name: "Rocket", credit: "A Falcon 9 on its launch pad, by SpaceX, public domain" },
];

/** Address of a photograph, relative to the page. */
export function photographUrl({ file }: Photograph): string {
  return new URL(`samples/${file}`, document.baseURI).href;
}

/** @throws Error with a sentence that can be shown if it cannot be fetched. */
export async function fetchPhotograph(photograph: Photograph): Promise<Picture> {
  const response = await fetch(photographUrl(photograph)).catch(() => undefined);
  if (!response?.ok) throw new Error(`The picture ${photograph.file} cannot be fetched from this host.`);
  return { ...pictureOf(photograph.name, await response.blob()), id: photograph.file };
}

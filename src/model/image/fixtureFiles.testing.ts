/**
 * @file Reads the picture fixtures in browser tests.
 */
const urls = import.meta.glob<string>("./fixtures/*.{png,jpg,webp,avif,gif}", {
  query: "?url",
  import: "default",
  eager: true,
});

/** The file `name` of `fixtures/`, or else of the samples that the app serves. */
export async function fixture(name: string): Promise<Blob> {
  const response = await fetch(urls[`./fixtures/${name}`] ?? `/samples/${name}`);
  const blob = await response.blob();
  // A development server answers a missing file with its page.
  if (!response.ok || blob.type === "text/html") throw new Error(`There is no fixture ${name}.`);
  return blob;
}

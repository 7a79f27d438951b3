/**
 * @file What can go wrong with a picture, in sentences for the person who chose it.
 */

const messages = {
  empty: "The file is empty. Choose a PNG, JPEG, WebP, AVIF, GIF, BMP or SVG picture.",
  undecodable:
    "This file can't be decoded as a picture. Choose a PNG, JPEG, WebP, AVIF, GIF, BMP or SVG picture.",
  svg: "This SVG can't be drawn. Give it a width and a height, or export it as PNG.",
  "svg-needs-page": "An SVG can only be drawn on a page, not in a worker. Export it as PNG.",
  "too-large": "This picture has more than 134 million pixels. Make it smaller first.",
} as const;

/** A picture that can't be used. `kind` says why; `message` says so in words and names the next step. */
export class ImageError extends Error {
  override readonly name = "ImageError";
  readonly kind: keyof typeof messages;

  constructor(kind: keyof typeof messages, options?: ErrorOptions) {
    super(messages[kind], options);
    this.kind = kind;
  }
}

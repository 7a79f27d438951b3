/** @file What the network saw: the crop of the picture, pixel for pixel, before normalisation. */
import { useEffect, useRef } from "react";
import type { Prediction } from "../../model/engine/api.ts";
import styles from "./predict.module.css";

/** Side on the screen, in pixels; smaller pictures show their pixels. */
const shownSize = 132;

export interface SeenPictureProps {
  readonly seen: Prediction["seen"];
  readonly alt: string;
}

export function SeenPicture({ seen, alt }: SeenPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(seen.rgba, seen.size, seen.size), 0, 0);
  }, [seen]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={alt}
      className={styles["seen"]}
      data-enlarged={seen.size < shownSize || undefined}
      width={seen.size}
      height={seen.size}
    />
  );
}

/** @file What the network saw: the crop of the picture, pixel for pixel, before normalisation. */
import { useEffect, useRef } from "react";
import type { Prediction } from "../../model/engine/api.ts";
import styles from "./predict.module.css";

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
      width={seen.size}
      height={seen.size}
    />
  );
}

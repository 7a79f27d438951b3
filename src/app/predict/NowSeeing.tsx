/** @file What the network says about the picture, in one line: in sight whichever panel is open. */
import { useStore } from "zustand";
import { FetchProgress } from "../panel/FetchProgress.tsx";
import { cameraStore } from "../pictures/camera.ts";
import { useSession } from "../session/react.tsx";
import { percent, textOf } from "../words/format.ts";
import { shortLabel } from "../words/predictionWords.ts";
import { Badge } from "./Badge.tsx";
import styles from "./predict.module.css";
import { SeenPicture } from "./SeenPicture.tsx";
import { useLivePrediction } from "./useLivePrediction.ts";

export function NowSeeing() {
  const { view } = useSession();
  const { prediction, isStale, picture, waiting } = useLivePrediction();
  const isLive = useStore(cameraStore, ({ status }) => status === "on");
  const best = prediction?.top[0];
  return (
    <section className={styles["now"]} aria-label="What the network sees">
      <button type="button" className={styles["nowButton"]} onClick={() => view.openPanel("predict")}>
        {isLive && prediction ? (
          <SeenPicture seen={prediction.seen} alt="The camera" />
        ) : picture ? (
          <img className={styles["thumbnail"]} src={picture.url} alt={picture.name} />
        ) : (
          <span className={styles["thumbnail"]} />
        )}
        <span className={styles["nowWords"]} data-stale={isStale || undefined}>
          {best ? (
            <span className={styles["verdict"]}>
              <strong title={best.label}>{shortLabel(best.label)}</strong>
              <span data-numeric>{textOf(percent(best.probability))}</span>
            </span>
          ) : (
            <span className={styles["verdict"]}>{waiting}</span>
          )}
          {prediction && <Badge provenance={prediction.provenance} />}
        </span>
      </button>
      <FetchProgress />
    </section>
  );
}

/** @file What the network says about the picture, in one line: in sight whichever panel is open. */
import { FetchProgress } from "../panel/FetchProgress.tsx";
import { useSession } from "../session/react.tsx";
import { percent, textOf } from "../words/format.ts";
import { shortLabel } from "../words/predictionWords.ts";
import { AnsweredPicture } from "./AnsweredPicture.tsx";
import { Badge } from "./Badge.tsx";
import styles from "./predict.module.css";
import { useLivePrediction } from "./useLivePrediction.ts";

export function NowSeeing() {
  const { view } = useSession();
  const { prediction, isStale, picture, waiting } = useLivePrediction();
  const best = prediction?.top[0];
  return (
    <section className={styles["now"]} aria-label="What the network sees">
      <button type="button" className={styles["nowButton"]} onClick={() => view.openPanel("predict")}>
        {picture || prediction ? (
          <AnsweredPicture className={styles["thumbnail"]} />
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

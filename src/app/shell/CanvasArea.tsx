/** @file The canvas, with what only the app knows put into its nodes: the picture, the predictions, measured times. */
import { Editor } from "../../editor/Editor.tsx";
import { Boundary } from "../controls/Boundary.tsx";
import { AnsweredPicture } from "../predict/AnsweredPicture.tsx";
import { Badge } from "../predict/Badge.tsx";
import { TopClasses } from "../predict/TopClasses.tsx";
import { useLivePrediction } from "../predict/useLivePrediction.ts";
import styles from "./shell.module.css";
import { useProfile } from "./useProfile.ts";

const imageSlot = <ImageSlot />;
const predictionSlot = (
  <Boundary name="The prediction">
    <PredictionSlot />
  </Boundary>
);

export function CanvasArea() {
  return <Editor imageSlot={imageSlot} predictionSlot={predictionSlot} profile={useProfile()} />;
}

function ImageSlot() {
  return <AnsweredPicture className={styles["picture"]} />;
}

/** The three best: the node is small, Predict has all. */
function PredictionSlot() {
  const { prediction, isStale, waiting } = useLivePrediction();
  if (!prediction) return <p className={styles["waiting"]}>{waiting}</p>;
  return (
    <div className={styles["predictions"]} data-stale={isStale || undefined}>
      <TopClasses top={prediction.top.slice(0, 3)} isStale={isStale} />
      <Badge provenance={prediction.provenance} />
    </div>
  );
}

/** @file Predict: what the network saw, what it says, how far that can be trusted, and how often it is right. */
import { ImagePlus } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import panel from "../panel/panel.module.css";
import { showPictureFile } from "../session/actions.ts";
import { useEngine, useSession } from "../session/react.tsx";
import { badgeMeaning } from "../words/predictionWords.ts";
import { Accuracy } from "./Accuracy.tsx";
import { Badge } from "./Badge.tsx";
import { CameraLine, CameraSwitch } from "./Camera.tsx";
import { Pictures } from "./Pictures.tsx";
import styles from "./predict.module.css";
import { SeenPicture } from "./SeenPicture.tsx";
import { TopClasses } from "./TopClasses.tsx";
import { useLivePrediction } from "./useLivePrediction.ts";

export function PredictPanel() {
  const { prediction, isStale, picture, isOfPicture, waiting } = useLivePrediction();
  const failure = useEngine((state) => state.failure);
  return (
    <div className={panel["panel"]}>
      <section className={panel["section"]} aria-label="Prediction">
        <CameraLine />
        <div className={styles["view"]}>
          <figure className={styles["seenFrame"]}>
            {prediction ? (
              <SeenPicture
                seen={prediction.seen}
                alt={`What the network saw: ${(isOfPicture && picture?.name) || "the picture"}`}
              />
            ) : (
              <div className={styles["placeholder"]} />
            )}
            <figcaption>
              {prediction
                ? `What the network saw, ${prediction.seen.size} × ${prediction.seen.size} pixels`
                : "The picture is on its way"}
              {isOfPicture && picture?.label && `. Labelled ${picture.label}`}
            </figcaption>
          </figure>
          {prediction ? (
            <TopClasses top={prediction.top} isStale={isStale} />
          ) : (
            <p className={styles["hint"]}>{failure?.message ?? `${waiting}.`}</p>
          )}
        </div>
        {prediction && (
          <div>
            <Badge provenance={prediction.provenance} />
            <p className={styles["hint"]}>{badgeMeaning(prediction.provenance)}</p>
          </div>
        )}
      </section>
      <section className={panel["section"]} aria-label="Pictures">
        <h3 className={panel["heading"]}>Pictures</h3>
        <Pictures />
        <div className={styles["row"]}>
          <ChooseFile />
          <CameraSwitch />
        </div>
        <p className={styles["hint"]}>Or drop a picture anywhere on the page, or paste one.</p>
      </section>
      <Accuracy />
    </div>
  );
}

function ChooseFile() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<ImagePlus />} onClick={() => input.current?.click()}>
        Choose a picture
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture file"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) void showPictureFile(session, file, file.name);
        }}
      />
    </>
  );
}

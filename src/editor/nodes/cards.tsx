/** @file The ends of the network: image, stem, head, predictions. */
import type { NodeProps } from "@xyflow/react";
import { memo, useContext } from "react";
import { formatRatio } from "../format.ts";
import type { CardNode } from "../graph/sceneTypes.ts";
import { ClassCountKnob, ImageSizeKnob } from "../knobs/networkKnobs.tsx";
import { useEditor, useShown } from "../store/react.tsx";
import { headWords, normNames } from "../words.ts";
import styles from "./cards.module.css";
import { Knob } from "./Knob.tsx";
import { Port, type Side } from "./Ports.tsx";
import { ShapeOf } from "./ShapeOf.tsx";
import { Shares } from "./Shares.tsx";
import { Shell } from "./Shell.tsx";
import { SlotsContext } from "./slots.ts";
import { Value } from "./Value.tsx";

/** Sides where data enters and leaves; in a narrow column everything flows down. */
function sides(compact: boolean, start: Side, end: Side): readonly [Side, Side] {
  return compact ? ["top", "bottom"] : [start, end];
}

export const ImageCard = memo(function ImageCard({ data }: NodeProps<CardNode>) {
  const { image } = useContext(SlotsContext);
  const size = useEditor((state) => state.architecture.imageSize);
  const [, end] = sides(data.density === "compact", "top", "right");
  return (
    <Shell id={data.id} look="card" className={styles["image"]}>
      {image && <div className={`${styles["picture"]} nodrag nopan`}>{image}</div>}
      <div className={styles["words"]}>
        <div className={styles["title"]}>
          <strong>Image</strong>
          <ShapeOf id={data.id} />
        </div>
        <Knob label="Image size" field="imageSize" value={`${size} px`}>
          <ImageSizeKnob floatMessage />
        </Knob>
      </div>
      <Port id="out" type="source" side={end} />
    </Shell>
  );
});

export const StemCard = memo(function StemCard({ data }: NodeProps<CardNode>) {
  const { norm } = useShown();
  const [start, end] = sides(data.density === "compact", "left", "bottom");
  return (
    <Shell id={data.id} look="card" className={styles["plain"]}>
      <Port id="in" type="target" side={start} />
      <div className={styles["title"]}>
        <strong>Stem</strong>
        <ShapeOf id={data.id} />
      </div>
      <div className={styles["columns"]}>
        <p className={styles["note"]}>
          4 × 4 convolution, stride 4, then <Value field="norm">{normNames[norm].toLowerCase()}</Value>
        </p>
        <Shares id={data.id} variant="stack" />
      </div>
      <Port id="out" type="source" side={end} />
    </Shell>
  );
});

export const HeadCard = memo(function HeadCard({ data }: NodeProps<CardNode>) {
  const { head, numClasses } = useEditor((state) => state.architecture);
  const [start, end] = sides(data.density === "compact", "top", "right");
  return (
    <Shell id={data.id} look="card" className={styles["plain"]}>
      <Port id="in" type="target" side={start} />
      <div className={styles["title"]}>
        <strong>Head</strong>
        <ShapeOf id={data.id} />
      </div>
      <p className={styles["note"]}>
        <Value field="head.kind">{headWords[head.kind]}</Value>
      </p>
      <div className={styles["columns"]}>
        <Knob label="Classes" field="numClasses" value={numClasses}>
          <ClassCountKnob floatMessage />
        </Knob>
        {head.kind === "mlp" && (
          <Knob label="MLP ratio" field="head.mlpRatio" value={formatRatio(head.mlpRatio)} />
        )}
        <Shares id={data.id} variant="stack" />
      </div>
      <Port id="out" type="source" side={end} />
    </Shell>
  );
});

export const PredictionsCard = memo(function PredictionsCard({ data }: NodeProps<CardNode>) {
  const { predictions } = useContext(SlotsContext);
  const [start] = sides(data.density === "compact", "left", "bottom");
  return (
    <Shell id={data.id} look="card" className={styles["plain"]}>
      <Port id="in" type="target" side={start} />
      <div className={styles["slot"]}>{predictions}</div>
    </Shell>
  );
});

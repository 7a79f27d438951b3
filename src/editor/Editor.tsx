/** @file The canvas: the network as a drawing that can be unfolded and edited in place. */
import "@fontsource-variable/inter";
import "@xyflow/react/dist/base.css";
import "./theme.css";
import { ReactFlowProvider } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import type { TimedNodes } from "../model/analysis/roofline.ts";
import { graphOf } from "../model/graph/network.ts";
import { Canvas } from "./canvas/Canvas.tsx";
import { timesOf } from "./graph/time.ts";
import { type Slots, SlotsContext } from "./nodes/slots.ts";
import { useShown } from "./store/react.tsx";

export interface EditorProps {
  /** The picture that is predicted; fills a square of 76 pixels. */
  readonly imageSlot?: ReactNode;
  /** The live predictions; fill a box of about 350 x 118 pixels. */
  readonly predictionSlot?: ReactNode;
  /** Its operations as they were timed, of the network as it is; without it times are "not measured". */
  readonly profile?: TimedNodes | undefined;
}

/** Of the store of the EditorProvider above it. Fills its parent, which must have a size. */
export function Editor({ imageSlot = null, predictionSlot = null, profile }: EditorProps) {
  return (
    <ReactFlowProvider>
      <WithSlots image={imageSlot} predictions={predictionSlot} profile={profile} />
    </ReactFlowProvider>
  );
}

interface WithSlotsProps extends Pick<Slots, "image" | "predictions"> {
  readonly profile: EditorProps["profile"];
}

function WithSlots({ image, predictions, profile }: WithSlotsProps) {
  const graph = graphOf(useShown());
  const times = useMemo(() => profile && timesOf(graph, profile), [graph, profile]);
  const slots = useMemo(() => ({ image, predictions, times }), [image, predictions, times]);
  return (
    <SlotsContext value={slots}>
      <Canvas />
    </SlotsContext>
  );
}

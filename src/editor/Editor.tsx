/** @file The canvas: the network as a drawing that can be unfolded and edited in place. */
import "@fontsource-variable/inter";
import "@xyflow/react/dist/base.css";
import "./theme.css";
import { ReactFlowProvider } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import { Canvas } from "./canvas/Canvas.tsx";
import { timeShares } from "./graph/time.ts";
import { type Slots, SlotsContext } from "./nodes/slots.ts";
import { graphOf } from "./store/derived.ts";
import { EditorProvider, useShown } from "./store/react.tsx";
import type { EditorStore } from "./store/store.ts";

export interface EditorProps {
  readonly store: EditorStore;
  /** The picture that is predicted; fills a square of 76 pixels. */
  readonly imageSlot?: ReactNode;
  /** The live predictions; fill a box of about 350 x 118 pixels. */
  readonly predictionSlot?: ReactNode;
  /** Measured milliseconds by node id, of the network as it is; without it times are "not measured". */
  readonly msById?: ReadonlyMap<string, number> | undefined;
}

/** Fills its parent, which must have a size. */
export function Editor({ store, imageSlot = null, predictionSlot = null, msById }: EditorProps) {
  return (
    <EditorProvider store={store}>
      <ReactFlowProvider>
        <WithSlots image={imageSlot} predictions={predictionSlot} msById={msById} />
      </ReactFlowProvider>
    </EditorProvider>
  );
}

interface WithSlotsProps extends Pick<Slots, "image" | "predictions"> {
  readonly msById: EditorProps["msById"];
}

function WithSlots({ image, predictions, msById }: WithSlotsProps) {
  const graph = graphOf(useShown());
  const times = useMemo(() => msById && timeShares(graph, msById), [graph, msById]);
  const slots = useMemo(() => ({ image, predictions, times }), [image, predictions, times]);
  return (
    <SlotsContext value={slots}>
      <Canvas />
    </SlotsContext>
  );
}

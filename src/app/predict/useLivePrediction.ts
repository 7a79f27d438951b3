/** @file The prediction as it stands, and whether it is about the network on the canvas. */
import { useStore } from "zustand";
import { useEditor } from "../../editor/store/react.tsx";
import type { Prediction } from "../../model/engine/api.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import type { Picture } from "../pictures/pictureStore.ts";
import { useEngine, useSession } from "../session/react.tsx";

export interface LivePrediction {
  readonly prediction: Prediction | undefined;
  /** It is about an earlier version of the network. */
  readonly isStale: boolean;
  readonly picture: Picture | undefined;
  /** Why there is no prediction, for the person. */
  readonly waiting: string;
}

export function useLivePrediction(): LivePrediction {
  const { pictures } = useSession();
  const prediction = useEngine((state) => state.prediction);
  const architecture = useEditor((state) => state.architecture);
  const picture = useStore(pictures, (state) => state.current);
  const hasFailed = useEngine((state) => state.status === "failed");
  return {
    waiting: hasFailed ? "The network is not running" : "The first prediction is on its way",
    prediction: prediction?.value,
    isStale: prediction !== undefined && !sameNetwork(prediction.architecture, architecture),
    picture,
  };
}

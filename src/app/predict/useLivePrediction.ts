/** @file The prediction as it stands, and whether it is about the network on the canvas and the picture that was chosen. */
import { useStore } from "zustand";
import { useEditor } from "../../editor/store/react.tsx";
import type { Prediction } from "../../model/engine/api.ts";
import { isAbout } from "../engine/engineStore.ts";
import { cameraPicture } from "../pictures/camera.ts";
import type { Picture } from "../pictures/pictureStore.ts";
import { useEngine, useSession } from "../session/react.tsx";

export interface LivePrediction {
  readonly prediction: Prediction | undefined;
  /** It is about an earlier version of the network, about other weights, or about another picture. */
  readonly isStale: boolean;
  /** The picture that was chosen last. */
  readonly picture: Picture | undefined;
  /** Whether the prediction is about that picture. Where it is not, what it is about is only known from what it saw. */
  readonly isOfPicture: boolean;
  /** Why there is no prediction, for the person. */
  readonly waiting: string;
}

export function useLivePrediction(): LivePrediction {
  const { camera, pictures } = useSession();
  const answer = useEngine((state) => state.prediction);
  const weights = useEngine((state) => state.weights);
  const isOfNetwork = useEditor(
    ({ architecture }) => answer !== undefined && isAbout(answer, architecture, weights),
  );
  const picture = useStore(pictures, (state) => state.current);
  const isLive = useStore(camera, (state) => state.status === "on");
  const hasFailed = useEngine((state) => state.status === "failed");
  const prediction = answer?.value;
  const isOfPicture = prediction?.picture === (isLive ? cameraPicture : picture?.id);
  return {
    waiting: hasFailed ? "The network is not running" : "The first prediction is on its way",
    prediction,
    isStale: answer !== undefined && !(isOfPicture && isOfNetwork),
    picture,
    isOfPicture,
  };
}

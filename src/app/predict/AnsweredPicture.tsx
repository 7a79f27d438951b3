/** @file The picture that the prediction is about: the file where it is the one that was chosen, else what the network saw of it. */
import { useStore } from "zustand";
import { useSession } from "../session/react.tsx";
import { SeenPicture } from "./SeenPicture.tsx";
import { useLivePrediction } from "./useLivePrediction.ts";

/** Nothing where there is no picture yet. */
export function AnsweredPicture({ className }: { readonly className: string | undefined }) {
  const { camera } = useSession();
  const { prediction, picture, isOfPicture } = useLivePrediction();
  const isLive = useStore(camera, ({ status }) => status === "on");
  if (prediction && (isLive || !isOfPicture)) {
    return <SeenPicture seen={prediction.seen} alt={isLive ? "The camera" : "The picture before"} />;
  }
  return picture && <img className={className} src={picture.url} alt={picture.name} draggable={false} />;
}

/** @file The camera's switch, the sign that it is on, and what went wrong with it. */
import { Video, VideoOff } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { type CameraUser, cameraPicture } from "../pictures/camera.ts";
import { showPicture } from "../session/actions.ts";
import { useSession } from "../session/react.tsx";
import type { Session } from "../session/session.ts";
import styles from "./predict.module.css";

export function CameraSwitch() {
  const session = useSession();
  const status = useStore(session.camera, (state) => state.status);
  const isOff = status === "off";
  return (
    <Button
      icon={isOff ? <Video /> : <VideoOff />}
      onClick={() => (isOff ? void session.camera.start(userOf(session)) : session.camera.stop())}
    >
      {isOff ? "Use the camera" : "Stop the camera"}
    </Button>
  );
}

/** The camera is on only while this is in sight. */
export function CameraLine() {
  const { camera } = useSession();
  const { status, problem, framesPerSecond } = useStore(camera);
  useEffect(() => camera.stop, [camera]);
  if (problem) {
    return (
      <p role="alert" className={styles["cameraProblem"]}>
        {problem}
      </p>
    );
  }
  if (status === "off") return null;
  return (
    <div className={styles["camera"]}>
      <span role="status" className={styles["cameraOn"]} data-live={status === "on" || undefined}>
        {status === "on" ? "Camera on" : "Waiting for the camera"}
      </span>
      {framesPerSecond !== undefined && (
        <span data-numeric className={styles["cameraRate"]}>
          {framesPerSecond.toFixed(1)} frames/s
        </span>
      )}
      <Button onClick={camera.stop}>Stop</Button>
    </div>
  );
}

function userOf(session: Session): CameraUser {
  const { client, engine, pictures } = session;
  let mine = pictures.getState().current;
  return {
    show: async (frame) => {
      await client.showFrame(frame, cameraPicture);
      const { failure } = engine.getState();
      // Otherwise every frame would build the network that does not run again.
      if (failure) throw failure;
    },
    onFirst: (still) => {
      mine = still;
      pictures.keep(still);
      pictures.show(still);
      pictures.noteRead(still);
    },
    onLast: (still) => {
      // A picture that was chosen while the last frame was on its way comes first.
      if (pictures.getState().current !== mine) return;
      pictures.keep(still);
      void showPicture(session, still);
    },
  };
}

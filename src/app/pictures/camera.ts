/**
 * @file The camera: live frames for the network while it is on. It is off unless somebody asked for it, and stops when it
 * is no longer looked at. Frames never leave the page.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { RgbImage } from "../../model/image/transform.ts";
import { cameraGone, cameraNotOffered, cameraProblem } from "./cameraProblem.ts";
import { FrameRate, passFrames } from "./frames.ts";
import { FrameGrabber } from "./grabFrame.ts";
import { type Picture, pictureOf } from "./pictureStore.ts";

interface CameraState {
  /** `starting`: the browser may be asking the person. */
  readonly status: "off" | "starting" | "on";
  /** Why it is off, where that was nobody's wish. */
  readonly problem: string | undefined;
  /** Frames a second that were predicted lately; the others were dropped. */
  readonly framesPerSecond: number | undefined;
}

/** Id of the picture that is the camera's, live or still. */
export const cameraPicture = "camera";

const off: CameraState = { status: "off", problem: undefined, framesPerSecond: undefined };

export interface CameraUser {
  /** Ends when the network has answered. */
  readonly show: (frame: RgbImage) => Promise<void>;
  /** The first frame, once it was shown: the picture that the network now looks at. */
  readonly onFirst: (still: Picture) => void;
  /** The last frame, when the camera is off and no other picture took its place. */
  readonly onLast: (still: Picture) => void;
}

/** Why it was stopped: another picture is shown from now on. */
const replaced = Symbol("replaced");

/** The camera of the page. */
export interface Camera extends Omit<StoreApi<CameraState>, "setState"> {
  /** Asks for the camera and shows its frames until it is stopped; what goes wrong is in the state. */
  readonly start: (user: CameraUser) => Promise<void>;
  /** Turns the camera off at once. Its last frame stays as the picture. */
  readonly stop: () => void;
  /** Turns the camera off because another picture is shown from now on. */
  readonly leave: () => void;
}

export function createCamera(): Camera {
  const { setState: set, ...store } = createStore<CameraState>()(() => off);
  let running: AbortController | undefined;
  const end = (reason: unknown) => {
    if (!running) return;
    running.abort(reason);
    running = undefined;
    set(off);
  };
  const stop = () => end(undefined);
  return {
    ...store,
    start: async (user) => {
      if (running) return;
      const abort = new AbortController();
      running = abort;
      set({ ...off, status: "starting" });
      const onRate = (framesPerSecond: number | undefined) => set({ status: "on", framesPerSecond });
      const problem = await live({ ...user, onRate, stop }, abort).catch((error: unknown) => {
        const isCancelled = (error as { readonly code?: unknown })?.code === "cancelled";
        return abort.signal.aborted || isCancelled ? undefined : cameraProblem(error);
      });
      if (running !== abort) return;
      running = undefined;
      set({ ...off, problem });
    },
    stop,
    leave: () => end(replaced),
  };
}

interface LiveUser extends CameraUser {
  /** Called with every frame that was shown: so many were of late in a second, once that can be told. */
  readonly onRate: (framesPerSecond: number | undefined) => void;
  readonly stop: () => void;
}

/** @returns Why it ended, where it was not stopped. */
async function live(user: LiveUser, abort: AbortController): Promise<string | undefined> {
  const { signal } = abort;
  if (!navigator.mediaDevices) return cameraNotOffered;
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    // The far side of a phone: people point it at things.
    video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: "environment" },
  });
  let isGone = false;
  const turnOff = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  try {
    signal.throwIfAborted();
    // At once, whatever the network is busy with: the person sees the camera's light.
    signal.addEventListener("abort", turnOff);
    document.addEventListener("visibilitychange", () => document.hidden && user.stop(), { signal });
    window.addEventListener("pagehide", user.stop, { signal });
    for (const track of stream.getVideoTracks()) {
      track.addEventListener("ended", () => {
        isGone = true;
        abort.abort();
      });
    }
    await showAll(stream, user, signal);
  } catch (error) {
    if (!isGone) throw error;
  } finally {
    turnOff();
  }
  return isGone ? cameraGone : undefined;
}

async function showAll(stream: MediaStream, user: LiveUser, signal: AbortSignal): Promise<void> {
  const grabber = await FrameGrabber.of(stream, signal);
  const rate = new FrameRate();
  const still = async () => ({ ...pictureOf("Camera", await grabber.still()), id: cameraPicture });
  let given = 0;
  try {
    await passFrames({
      next: () => grabber.next(),
      show: (frame) => {
        given += 1;
        return user.show(frame);
      },
      onShown: () => {
        user.onRate(rate.add(performance.now()));
        if (given === 1) void still().then((first) => !signal.aborted && user.onFirst(first));
      },
      signal,
    });
  } finally {
    if (given > 0 && signal.reason !== replaced) user.onLast(await still());
  }
}

/** @file One line that tells a first visitor what this is and that the knobs can be turned. */
import { X } from "lucide-react";
import { useEditor } from "../../editor/store/react.tsx";
import { useLivePrediction } from "../predict/useLivePrediction.ts";
import { useSession, useSettings } from "../session/react.tsx";
import { shortLabel } from "../words/predictionWords.ts";
import styles from "./shell.module.css";

export function Welcome() {
  const { settings } = useSession();
  const isKnown = useSettings((state) => state.knowsTheApp);
  const hasEdited = useEditor((state) => state.history.past.length > 0);
  const { prediction } = useLivePrediction();
  if (isKnown || hasEdited) return null;
  const best = prediction?.top[0];
  return (
    <aside className={styles["welcome"]} aria-label="Welcome">
      <p>
        <span className={styles["wide"]}>
          A neural network, running in your browser.
          {best && prediction?.provenance.badge !== "untrained" && (
            <>
              {" "}
              It sees: <strong>{shortLabel(best.label)}</strong>.
            </>
          )}{" "}
        </span>
        Turn any knob: cost, speed and prediction follow.
      </p>
      <button
        type="button"
        aria-label="Close the welcome"
        onClick={() => settings.choose({ knowsTheApp: true })}
      >
        <X aria-hidden />
      </button>
    </aside>
  );
}

/** @file Around a part of the page: an error in it takes that part, and the rest goes on. */
import type { ReactNode } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { useEditorStore, useShown } from "../../editor/store/react.tsx";
import styles from "./boundary.module.css";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { saveFile } from "./saveFile.ts";

export interface BoundaryProps {
  /** What a person calls the part, as a sentence begins: `The canvas`. */
  readonly name: string;
  /** What it shows beside the network: where that changes, as where the network does, it is drawn again by itself. */
  readonly shows?: unknown;
  /** Takes the part away, where it covers others. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function Boundary({ name, shows, onClose, children }: BoundaryProps) {
  const architecture = useShown();
  return (
    <ErrorBoundary
      name={name}
      shows={[architecture, shows]}
      fallback={(error, tryAgain) => (
        <Failed name={name} message={error.message} tryAgain={tryAgain} onClose={onClose} />
      )}
    >
      {children}
    </ErrorBoundary>
  );
}

interface FailedProps extends Pick<BoundaryProps, "name" | "onClose"> {
  readonly message: string;
  readonly tryAgain: () => void;
}

function Failed({ name, message, tryAgain, onClose }: FailedProps) {
  const editor = useEditorStore();
  const save = () => {
    const { architecture } = editor.getState();
    saveFile("architecture.json", JSON.stringify(architecture, null, 2), "application/json");
  };
  return (
    <div className={styles["failed"]} role="alert">
      <p className={styles["what"]}>{name} could not be drawn. That is a bug; everything else works on.</p>
      <p className={styles["message"]}>{message}</p>
      <div className={styles["actions"]}>
        <Button onClick={tryAgain}>Try again</Button>
        <Button onClick={save}>Save the architecture</Button>
        {onClose && <Button onClick={onClose}>Close</Button>}
      </div>
    </div>
  );
}

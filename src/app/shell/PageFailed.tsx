/** @file What stands where the whole page could not be drawn: the architecture is kept, and there is a way on. */
import { Button } from "../../editor/controls/Button.tsx";
import { useEditorStore } from "../../editor/store/react.tsx";
import { copyText } from "../controls/clipboard.ts";
import styles from "./shell.module.css";

export interface PageFailedProps {
  readonly message: string;
  readonly tryAgain: () => void;
}

export function PageFailed({ message, tryAgain }: PageFailedProps) {
  const json = JSON.stringify(useEditorStore().getState().architecture, null, 2);
  return (
    <main className={styles["failed"]}>
      <h1>The page could not be drawn</h1>
      <p>
        That is a bug. Your architecture is safe: the address bar holds it, and so does the text below.
        Reloading opens it again.
      </p>
      <div>
        <Button variant="primary" onClick={() => location.reload()}>
          Reload
        </Button>
        <Button onClick={() => void copyText(json)}>Copy JSON</Button>
        <Button onClick={tryAgain}>Try to go on</Button>
      </div>
      <pre>{message}</pre>
      <textarea readOnly aria-label="Architecture JSON" value={json} />
    </main>
  );
}

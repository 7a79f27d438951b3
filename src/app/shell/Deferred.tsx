/** @file A part that is loaded when it is first shown, and what stands in its place until then. */
import { useEffect, useState } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { Boundary } from "../controls/Boundary.tsx";
import styles from "../panel/panel.module.css";
import type { Part } from "./part.ts";

export interface DeferredProps<Props> {
  readonly part: Part<Props>;
  readonly props: Props;
  /** Nothing stands in its place until it is there: it comes unasked. */
  readonly isQuiet?: boolean;
  /** Takes the part away, where it covers others: where it fails, that is offered. */
  readonly onClose?: () => void;
}

export function Deferred<Props extends object>({
  part,
  props,
  isQuiet = false,
  onClose,
}: DeferredProps<Props>) {
  const [state, setState] = useState<"loading" | "loaded" | "failed">("loading");
  const Component = part.component();
  useEffect(() => {
    if (state !== "loading") return;
    let isWanted = true;
    part.load().then(
      () => isWanted && setState("loaded"),
      () => isWanted && setState("failed"),
    );
    return () => {
      isWanted = false;
    };
  }, [state, part]);
  if (Component) {
    return (
      <Boundary name={part.name} onClose={onClose}>
        <Component {...props} />
      </Boundary>
    );
  }
  if (state === "failed") {
    return (
      <div className={styles["section"]} role="alert">
        <p className={styles["lead"]}>{part.name} could not be loaded. Check the connection.</p>
        <div className={styles["row"]}>
          <Button onClick={() => setState("loading")}>Try again</Button>
          {onClose && <Button onClick={onClose}>Close</Button>}
        </div>
      </div>
    );
  }
  return isQuiet ? null : <p className={styles["waiting"]}>Loading {part.name}</p>;
}

/** @file Where drawing fails: the architecture is kept, and there is a way on. */
import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import type { EditorStore } from "../../editor/store/store.ts";
import { copyText } from "../controls/clipboard.ts";
import styles from "./shell.module.css";

export interface ErrorBoundaryProps {
  readonly editor: EditorStore;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error("The page could not be drawn.", error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { architecture } = this.props.editor.getState();
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
          <Button onClick={() => void copyText(JSON.stringify(architecture, null, 2))}>Copy JSON</Button>
          <Button onClick={() => this.setState({ error: undefined })}>Try to go on</Button>
        </div>
        <pre>{error.message}</pre>
        <textarea readOnly aria-label="Architecture JSON" value={JSON.stringify(architecture, null, 2)} />
      </main>
    );
  }
}

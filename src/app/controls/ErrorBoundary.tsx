/** @file Where drawing fails: what stands instead, until it is tried again or something else is to be drawn. */
import { Component, type ErrorInfo, type ReactNode } from "react";

export interface ErrorBoundaryProps {
  /** What is drawn, for the console. */
  readonly name: string;
  /** What it shows: where a value changes identity, it is drawn again by itself. Of one length. */
  readonly shows?: readonly unknown[];
  readonly fallback: (error: Error, tryAgain: () => void) => ReactNode;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
  readonly shows: readonly unknown[] | undefined;
}

/** A class, as React asks for. Errors in handlers of events and in promises are not drawing, and not caught. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined, shows: this.props.shows };

  static getDerivedStateFromError(error: unknown): Pick<ErrorBoundaryState, "error"> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(
    { shows }: ErrorBoundaryProps,
    before: ErrorBoundaryState,
  ): ErrorBoundaryState | null {
    const isSame = shows?.every((value, index) => Object.is(value, before.shows?.[index])) ?? true;
    return isSame ? null : { error: undefined, shows };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(`${this.props.name} could not be drawn.`, error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { fallback, children } = this.props;
    return error ? fallback(error, () => this.setState({ error: undefined })) : children;
  }
}

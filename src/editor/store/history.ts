/** @file Undo and redo as two lists of values. A gesture (one drag of a slider) becomes one step. */

/** `gesture` holds what was there when the gesture began; its changes are not steps of their own. */
export interface History<T> {
  readonly present: T;
  /** Oldest first. */
  readonly past: readonly T[];
  /** Next one first. */
  readonly future: readonly T[];
  readonly gesture?: Omit<History<T>, "gesture">;
}

/** Steps that are kept. */
const longestPast = 500;

/** A new present. The same value again is no step; within a gesture, neither is what leads back to its beginning. */
export function record<T>(history: History<T>, next: T): History<T> {
  const { gesture } = history;
  const from = gesture ?? history;
  if (Object.is(next, from.present)) return { ...from, ...(gesture && { gesture }) };
  const past = [...from.past, from.present].slice(-longestPast);
  return { present: next, past, future: [], ...(gesture && { gesture }) };
}

/** What is recorded from now on is one step, until `endGesture`. */
export function startGesture<T>(history: History<T>): History<T> {
  const { gesture: _open, ...start } = history;
  return { ...start, gesture: start };
}

export function endGesture<T>({ gesture: _done, ...history }: History<T>): History<T> {
  return history;
}

/** The same steps with other values; `change` never makes two that differ the same. */
export function mapHistory<T>(history: History<T>, change: (value: T) => T): History<T> {
  const { present, past, future, gesture } = history;
  return {
    present: change(present),
    past: past.map(change),
    future: future.map(change),
    ...(gesture && { gesture: mapHistory(gesture, change) }),
  };
}

export function undo<T>(history: History<T>): History<T> {
  const { present, past, future } = history;
  const previous = past.at(-1);
  if (previous === undefined) return endGesture(history);
  return { present: previous, past: past.slice(0, -1), future: [present, ...future] };
}

export function redo<T>(history: History<T>): History<T> {
  const { present, past, future } = history;
  const [next, ...rest] = future;
  if (next === undefined) return endGesture(history);
  return { present: next, past: [...past, present], future: rest };
}

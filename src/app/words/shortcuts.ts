/** @file Every key that does something. */

export interface Shortcut {
  readonly keys: string;
  readonly effect: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: "Ctrl+Z", effect: "Undo" },
  { keys: "Ctrl+Shift+Z", effect: "Redo (Ctrl+Y too)" },
  { keys: "C", effect: "Compare networks, and back to editing" },
  { keys: "P", effect: "Pin the network to the board, for comparing" },
  { keys: "1 to 5", effect: "Inspect, Predict, Measure, Weights, Learn" },
  { keys: "G", effect: "Show or fold the gallery" },
  { keys: "M", effect: "Measure" },
  { keys: "Ctrl+V", effect: "Paste a picture, an architecture or a link; on the board, networks" },
  { keys: "?", effect: "This list" },
  { keys: "Arrow keys", effect: "Walk through the nodes; right opens, left closes" },
  { keys: "Enter", effect: "Open or close a node" },
  { keys: "Space", effect: "Select a node" },
  { keys: "Tab", effect: "On to the next control; into a node’s knobs" },
  { keys: "Up, Down", effect: "In a field: one step; with Shift ten" },
  { keys: "F", effect: "Fit the network to the canvas" },
  { keys: "+ and −", effect: "Zoom" },
  { keys: "F6", effect: "To the notices; Escape dismisses one" },
  { keys: "Escape", effect: "Close, take back, or select nothing" },
];

import { expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { reveal } from "./reveal.ts";
import { createEditorStore } from "./store.ts";

it.each([
  ["stages.2", { open: false, block: undefined, mixer: false }],
  ["stages.2.downsample", { open: true, block: undefined, mixer: false }],
  ["stages.2.blocks.4.norm", { open: true, block: 4, mixer: false }],
  ["stages.2.blocks.4.token_mixer", { open: true, block: 4, mixer: false }],
  ["stages.2.blocks.4.token_mixer.dwconv_h", { open: true, block: 4, mixer: true }],
  ["head.fc1", { open: false, block: undefined, mixer: false }],
])("shows %s", (id, view) => {
  const store = createEditorStore(presetOf("inceptionnext_tiny").architecture);
  reveal(store, id);
  expect(store.getState().selection).toBe(id);
  expect(store.getState().views[2]).toEqual(view);
});

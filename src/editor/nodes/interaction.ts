/** @file What a node does when it is opened, selected or walked to; the same for mouse and keyboard. */
import type { SceneNode } from "../graph/sceneTypes.ts";
import { mixerOpens } from "../mixers/table.ts";
import type { EditorStore } from "../store/store.ts";

/** Whether the node is open; undefined where it cannot be opened. */
export function isOpen(node: SceneNode, store: EditorStore): boolean | undefined {
  const { views, architecture } = store.getState();
  switch (node.type) {
    case "stage":
      return views[node.data.stage]?.open;
    case "mixer":
      if (!mixerOpens(architecture.stages[node.data.stage].tokenMixer)) return undefined;
      return views[node.data.stage]?.mixer;
    case "block":
    case "branches":
      return true;
    default:
      return undefined;
  }
}

/** Opens or closes the node; nothing for one that cannot be opened. */
export function setOpen(node: SceneNode, open: boolean, store: EditorStore): void {
  const { setView } = store.getState();
  switch (node.type) {
    case "stage":
      setView(node.data.stage, { open });
      break;
    case "mixer":
    case "branches":
      setView(node.data.stage, { mixer: open });
      break;
    case "block":
      if (!open) setView(node.data.stage, { block: undefined });
      break;
    default:
      break;
  }
}

/**
 * As in a tree: up and down walk, right opens, left closes, Enter selects and does either, Space selects. True where the
 * key meant something.
 */
export function pressKey(
  key: string,
  node: SceneNode,
  store: EditorStore,
  walk: (by: 1 | -1) => void,
): boolean {
  const open = isOpen(node, store);
  switch (key) {
    case "ArrowDown":
      walk(1);
      return true;
    case "ArrowUp":
      walk(-1);
      return true;
    case "ArrowRight":
      if (open === false) setOpen(node, true, store);
      else walk(1);
      return true;
    case "ArrowLeft":
      if (open === true) setOpen(node, false, store);
      else walk(-1);
      return true;
    case "Enter":
      store.getState().select(node.data.id);
      if (open !== undefined) setOpen(node, !open, store);
      return true;
    case " ":
      store.getState().select(node.data.id);
      return true;
    default:
      return false;
  }
}

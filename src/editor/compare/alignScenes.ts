/** @file Two drawings with the same parts at the same heights. */
import type { Scene, SceneNode } from "../graph/sceneTypes.ts";

/** Moves the parts of the spine of either down until each stands beside the other's; both come out equally high. */
export function alignScenes(a: Scene, b: Scene): readonly [Scene, Scene] {
  const [spineA, spineB] = [spineOf(a), spineOf(b)];
  const [topsA, topsB] = [new Map<string, number>(), new Map<string, number>()];
  let [shiftA, shiftB] = [0, 0];
  for (const [index, one] of spineA.entries()) {
    const other = spineB[index] ?? one;
    const top = Math.max(one.position.y + shiftA, other.position.y + shiftB);
    shiftA = top - one.position.y;
    shiftB = top - other.position.y;
    topsA.set(one.id, top);
    topsB.set(other.id, top);
  }
  const height = Math.max(a.height + shiftA, b.height + shiftB);
  return [moved(a, topsA, height), moved(b, topsB, height)];
}

/** Image, stem, stages, head: what lies in nothing, from the top down. */
function spineOf({ nodes }: Scene): readonly SceneNode[] {
  return nodes.filter(({ parentId }) => parentId === undefined);
}

function moved(scene: Scene, tops: ReadonlyMap<string, number>, height: number): Scene {
  const nodes = scene.nodes.map((node) => {
    const y = tops.get(node.id);
    return y === undefined ? node : { ...node, position: { ...node.position, y } };
  });
  return { ...scene, nodes, height };
}

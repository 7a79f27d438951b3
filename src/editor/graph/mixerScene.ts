/** @file An open mixer: the stack of channels, a ribbon and a card for each branch, the stack again. */
import type { StageNumber } from "../store/store.ts";
import { type Branch, stripesOf } from "./branches.ts";
import { nodeId, type Part, type RibbonEdge, type SceneNode } from "./sceneTypes.ts";
import { type Box, type Density, titleHeight } from "./sizes.ts";

/** Height of the stack of all channels, and so the scale of every stripe. */
const stackHeight = 120;
const cardHeight = 44;
const cardGap = 6;
const padding = 12;
/** From the border to the cards: the stack's bar and the ribbons' way. */
const ribbonSpan: Readonly<Record<Density, number>> = { regular: 118, compact: 52 };

export interface MixerPlace {
  /** Of the mixer. */
  readonly id: string;
  readonly stage: StageNumber;
  readonly block: number;
  readonly density: Density;
  /** React Flow's id of the block. */
  readonly parent: string;
  readonly from: readonly [left: number, right: number];
}

/** Draws the branches in a box at `x`, `y` and `width`; its height does not depend on the ratio, so a drag moves nothing else. */
export function mixerScene(
  branches: readonly Branch[],
  { id: mixerId, stage, block, density, parent, from }: MixerPlace,
  { x, y, width }: Omit<Box, "height">,
): Part {
  const space = stackHeight + (branches.length - 1) * (cardHeight + cardGap);
  const height = titleHeight + space + padding;
  const id = nodeId("branches", mixerId);
  const place = { stage, block, density };
  const middle = titleHeight + space / 2;
  const bar = { top: middle - stackHeight / 2, height: stackHeight };
  const nodes: SceneNode[] = [
    {
      id,
      type: "branches",
      parentId: parent,
      position: { x, y },
      width,
      height,
      ariaLabel: `Branches of stage ${stage + 1}, block ${block + 1}`,
      data: { ...place, id: mixerId, branches, bar, from },
    },
  ];
  const edges: RibbonEdge[] = [];
  const stripes = stripesOf(branches, stackHeight);
  const cards = stripes.map(({ size }) => Math.max(cardHeight, size));
  const used = cards.reduce((sum, card) => sum + card, 0) + (branches.length - 1) * cardGap;
  let top = middle - used / 2;
  for (const [index, branch] of branches.entries()) {
    const stripe = stripes[index] ?? { top: 0, size: 0 };
    const card = cards[index] ?? cardHeight;
    const layer = branch.module ? `${mixerId}.${branch.module}` : mixerId;
    const cardId = nodeId("branch", layer);
    nodes.push({
      id: cardId,
      type: "branch",
      parentId: id,
      position: { x: ribbonSpan[density], y: top },
      width: width - 2 * ribbonSpan[density],
      height: card,
      ariaLabel: `${branch.name} branch of stage ${stage + 1}, block ${block + 1}`,
      data: { ...place, id: layer, branch, thickness: stripe.size },
    });
    top += card + cardGap;
    if (branch.state === "absent") continue;
    const data = { branch, thickness: stripe.size, offset: stripe.top + stripe.size / 2 - stackHeight / 2 };
    const ribbon = { type: "ribbon", data } as const;
    edges.push(
      { ...ribbon, id: `in>${cardId}`, source: id, sourceHandle: "in", target: cardId, targetHandle: "in" },
      {
        ...ribbon,
        id: `${cardId}>out`,
        source: cardId,
        sourceHandle: "out",
        target: id,
        targetHandle: "out",
      },
    );
  }
  return { nodes, edges, height };
}

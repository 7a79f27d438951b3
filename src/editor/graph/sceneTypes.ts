/** @file What the canvas draws: React Flow nodes and edges, and nothing that changes without a change of layout. */
import type { Edge, Node } from "@xyflow/react";
import type { StageNumber } from "../store/store.ts";
import type { Branch } from "./branches.ts";
import type { Density } from "./sizes.ts";

/** `id` is the LayerGraph's, of a group or a node; React Flow's own ids have the type in front. */
interface Base {
  readonly id: string;
  readonly density: Density;
}

interface InStage extends Base {
  readonly stage: StageNumber;
}

interface InBlock extends InStage {
  readonly block: number;
}

export type Point = readonly [x: number, y: number];

/** Left and right edge, from the container's left, of what an enlargement was opened from. */
interface Enlarged {
  readonly from: readonly [left: number, right: number];
}

/** React Flow asks for type aliases: an interface is no `Record<string, unknown>`. */
type Data<T> = { readonly [Key in keyof T]: T[Key] };

export type CardNode = Node<Data<Base>, "image" | "stem" | "head" | "predictions">;
/** `ports`: where its edges meet it, from its left. */
export type StageNode = Node<Data<InStage & { readonly ports: StagePorts }>, "stage">;
export type DownsampleNode = Node<Data<InStage>, "downsample">;
export type BlocksNode = Node<
  Data<InStage & { readonly ids: readonly string[]; readonly columns: number }>,
  "blocks"
>;
/** `ports`: where data enters and leaves, from the node's corner. */
export type BlockNode = Node<
  Data<InBlock & Enlarged & { readonly ports: { readonly in: Point; readonly out: Point } }>,
  "block"
>;
export type MixerNode = Node<Data<InBlock>, "mixer">;
export type MlpNode = Node<Data<InBlock>, "mlp">;
export type LayerViewNode = Node<Data<InBlock>, "layer">;
export type BranchesNode = Node<
  Data<InBlock & Enlarged & { readonly branches: readonly Branch[]; readonly bar: Stack }>,
  "branches"
>;
/** A branch without channels is no layer, so its `id` is in no graph. */
export type BranchNode = Node<
  Data<InBlock & { readonly branch: Branch; readonly thickness: number }>,
  "branch"
>;

export interface StagePorts {
  readonly in: number;
  readonly out: number;
}

/** Where the stack of channels stands: its top from the node's, its height. */
export interface Stack {
  readonly top: number;
  readonly height: number;
}

export type SceneNode =
  | CardNode
  | StageNode
  | DownsampleNode
  | BlocksNode
  | BlockNode
  | MixerNode
  | MlpNode
  | LayerViewNode
  | BranchesNode
  | BranchNode;

/** Data flowing from one node to the next. */
export type FlowEdge = Edge<Record<string, never>, "flow">;
/** The shortcut around a block; `lane` is how far it runs from its start, up, or to the left where it is compact. */
export type ResidualEdge = Edge<Data<{ readonly density: Density; readonly lane: number }>, "residual">;
/** The channels of one branch, as thick as their share; `offset` is where they leave the stack, from its port. */
export type RibbonEdge = Edge<
  Data<{ readonly branch: Branch; readonly thickness: number; readonly offset: number }>,
  "ribbon"
>;
export type SceneEdge = FlowEdge | ResidualEdge | RibbonEdge;

export interface Scene {
  /** Parents stand before what they hold. */
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  readonly width: number;
  readonly height: number;
}

/** Part of a scene. */
export interface Part {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  readonly height: number;
}

/** React Flow's id of the node that draws a group or layer. */
export function nodeId(type: SceneNode["type"] & string, id: string): string {
  return `${type}:${id}`;
}

/** An arrow between two nodes of React Flow. `fromInput`: it starts at a container's input, inside. */
export function flowEdge(
  source: string,
  target: string,
  { fromInput = false, toOutput = false }: { readonly fromInput?: boolean; readonly toOutput?: boolean } = {},
): FlowEdge {
  const ports = { sourceHandle: fromInput ? "in" : "out", targetHandle: toOutput ? "out" : "in" };
  return { id: `${source}>${target}`, type: "flow", source, target, ...ports };
}

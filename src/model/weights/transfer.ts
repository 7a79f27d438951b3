/**
 * @file Carries the weights of one network over into an edited one, and records what became of each tensor.
 *
 * Layers find each other by what they do (`transfer/sites.ts`), channels by their role (`transfer/roles.ts`), depthwise
 * kernels by their centre (`transfer/kernels.ts`). Where an edit can leave the network's function unchanged, it does:
 * inserted blocks have gamma 0, new branch channels are delta kernels, larger kernels are zero-padded, new inputs have
 * weight 0. What nothing fits starts as in the paper.
 */
import type { Architecture } from "../architecture/schema.ts";
import { elementCount } from "../graph/elementCount.ts";
import { lower } from "../graph/lower.ts";
import type { TensorSpec } from "../graph/types.ts";
import { initialTensor } from "./initial.ts";
import type { TensorMap, WeightTensor } from "./tensorMap.ts";
import { axisMaps } from "./transfer/axes.ts";
import { type AxisMap, copyMapped, positionMap } from "./transfer/axisMap.ts";
import {
  describeAxes,
  describeBranch,
  exact,
  initialised,
  inserted,
  reheaded,
  renamed,
  type TensorFate,
  type Verdict,
} from "./transfer/fate.ts";
import { type BranchPlan, buildBranch, keptPerKernel, planBranch, sameSize } from "./transfer/kernels.ts";
import { type Memo, memoOf } from "./transfer/memo.ts";
import { type Axis, type Branch, type Mixer, type Site, type Sites, sitesOf } from "./transfer/sites.ts";

export type { TensorFate } from "./transfer/fate.ts";

/** A network and its weights, by the keys that `lower(architecture)` names. */
export interface TrainedNetwork {
  readonly architecture: Architecture;
  readonly tensors: TensorMap;
}

export interface Transferred {
  /** Every tensor of the target. Exact ones are the source's own arrays; others are the same arrays again on the next call. */
  readonly tensors: TensorMap;
  /** One for every tensor of the target, in the order of its graph. */
  readonly fates: readonly TensorFate[];
  /** Share of the target's parameters whose values are the checkpoint's, 0 to 1. Running statistics do not count. */
  readonly carried: number;
  /** Keys of the checkpoint from which nothing was taken. */
  readonly dropped: readonly string[];
  /** It is the checkpoint's own network: every tensor as it was, none left out, and the same pooling, which has no tensors. */
  readonly isWhole: boolean;
}

/** Data and fate of one target tensor. */
interface Carried {
  readonly data: Float32Array;
  readonly fate: TensorFate;
}

/** Deterministic; only tensors that changed since the last call with the same `source.tensors` are computed. */
export function transfer(source: TrainedNetwork, target: Architecture): Transferred {
  const graph = lower(target);
  const from = { architecture: source.architecture, sites: sitesOf(lower(source.architecture)) };
  const to = { architecture: target, sites: sitesOf(graph) };
  const context: Context = {
    tensors: source.tensors,
    sites: new Map(from.sites.sites.map((site) => [site.name, site])),
    mixers: from.sites.mixers,
    mapOf: axisMaps(from, to),
    memo: memoOf(source.tensors),
  };
  const carried = new Map<string, Carried>();
  for (const site of to.sites.sites) carried.set(site.tensor.key, carrySite(context, site));
  for (const mixer of to.sites.mixers.flat()) {
    for (const branch of mixer.branches) {
      const rule = branchRule(context, mixer, branch);
      for (const tensor of [branch.weight, branch.bias]) carried.set(tensor.key, rule(tensor));
    }
  }

  const tensors = new Map<string, WeightTensor>();
  const fates: TensorFate[] = [];
  const used = new Set<string>();
  let parameters = 0;
  let carriedParameters = 0;
  for (const { key, role, shape } of graph.nodes.flatMap((node) => node.tensors)) {
    const found = carried.get(key);
    if (!found) throw new Error(`No rule carries ${key} over.`);
    tensors.set(key, { shape, data: found.data });
    fates.push(found.fate);
    for (const name of found.fate.sources) used.add(name);
    if (role === "runningMean" || role === "runningVar") continue;
    parameters += found.fate.elements;
    carriedParameters += found.fate.carried;
  }
  const dropped = [...source.tensors.keys()].filter((key) => !used.has(key));
  return {
    tensors,
    fates,
    carried: carriedParameters / parameters,
    dropped,
    isWhole:
      dropped.length === 0 &&
      fates.every(({ rule }) => rule === "exact") &&
      poolingOf(from.sites) === poolingOf(to.sites),
  };
}

/** Kernels of the blocks that pool, as text. */
function poolingOf({ mixers }: Sites): string {
  return mixers.map((blocks) => blocks.map(({ average }) => average?.join("x") ?? "none").join()).join(";");
}

interface Context {
  readonly tensors: TensorMap;
  /** Of the source, by name. */
  readonly sites: ReadonlyMap<string, Site>;
  readonly mixers: Sites["mixers"];
  readonly mapOf: (axis: Axis) => AxisMap;
  readonly memo: Memo;
}

function carrySite(context: Context, site: Site): Carried {
  const { tensor, block } = site;
  if (block && !context.mixers[block.stage]?.[block.block]) return start(context, tensor, inserted);
  const origin = context.sites.get(site.name)?.tensor;
  const source = origin && dataOf(context, origin);
  if (!origin || !source) return start(context, tensor, initialised);
  const rows = context.mapOf(site.rows);
  const columns = site.columns && context.mapOf(site.columns);
  if (site.rows.kind === "classes" && !rows.exact) return start(context, tensor, reheaded);
  if (rows.exact && (columns?.exact ?? true)) {
    return unchanged(tensor, origin, source);
  }
  const name = `${tensor.key}|${tensor.shape}|${rows.id}|${columns?.id}`;
  const data = context.memo(name, () => remap(source, tensor, rows, columns ?? single));
  const kept = (data.length / rows.target / (columns?.target ?? 1)) * rows.kept * (columns?.kept ?? 1);
  return finish(tensor, data, describeAxes(rows, columns), [origin.key], kept);
}

/** What is to be done with the weight and the bias of a target branch. */
function branchRule(
  context: Context,
  { stage, block }: Mixer,
  branch: Branch,
): (tensor: TensorSpec) => Carried {
  const source = context.mixers[stage]?.[block];
  if (!source) return (tensor) => start(context, tensor, inserted);
  const channels = context.mapOf({ kind: "stage", stage });
  const plan = planBranch(branch, source, channels);
  const origins = [...new Set(plan.origins.map((origin) => origin?.branch))].filter(
    (origin) => origin !== undefined,
  );
  if (!origins.every((origin) => dataOf(context, origin.weight) && dataOf(context, origin.bias))) {
    return (tensor) => start(context, tensor, initialised);
  }
  const sourceCount = origins.reduce((sum, origin) => sum + origin.channels.count, 0);
  const verdict = describeBranch(branch, plan, sourceCount);
  return (tensor) => {
    const part = tensor === branch.weight ? "weight" : "bias";
    const whole =
      part === "bias" || (plan.whole && sameSize(plan.whole.kernelSize, branch.kernelSize))
        ? plan.whole
        : undefined;
    const data = whole && dataOf(context, whole[part]);
    if (whole && data) return unchanged(tensor, whole[part], data);
    const name = `${tensor.key}|${tensor.shape}|${branch.channels.start}|${channels.id}|${plan.average ?? ""}`;
    const built = context.memo(name, () => buildBranch(plan, branch.kernelSize, context.tensors)[part]);
    const keys = origins.map((origin) => origin[part].key);
    return finish(tensor, built, verdict, keys, keptElements(plan, branch, part));
  };
}

function keptElements(plan: BranchPlan, branch: Branch, part: "weight" | "bias"): number {
  return plan.origins.reduce((sum, origin) => {
    if (!origin) return sum;
    return sum + (part === "bias" ? 1 : keptPerKernel(origin.branch.kernelSize, branch.kernelSize));
  }, 0);
}

/** New rows start as in the paper, new columns of old rows are 0. */
function remap(source: Float32Array, tensor: TensorSpec, rows: AxisMap, columns: AxisMap): Float32Array {
  const size = elementCount(tensor.shape);
  const rowSize = size / rows.target;
  const grows = rows.kept < rows.target;
  const data = grows ? initialTensor(tensor) : new Float32Array(size);
  if (grows) for (const { to, count } of rows.runs) data.fill(0, to * rowSize, (to + count) * rowSize);
  copyMapped(source, data, rows, columns, rowSize / columns.target);
  return data;
}

const single = positionMap(1, 1);

/** A tensor that takes nothing from the checkpoint. */
function start({ memo }: Context, tensor: TensorSpec, verdict: Verdict): Carried {
  const data = memo(`${tensor.key}|${tensor.shape}|${verdict === inserted}`, () =>
    verdict === inserted && tensor.role === "gamma"
      ? new Float32Array(elementCount(tensor.shape))
      : initialTensor(tensor),
  );
  return finish(tensor, data, verdict, [], 0);
}

/** The source's own array. */
function unchanged(tensor: TensorSpec, origin: TensorSpec, data: Float32Array): Carried {
  return finish(tensor, data, origin.key === tensor.key ? exact : renamed, [origin.key], data.length);
}

function finish(
  { key, shape }: TensorSpec,
  data: Float32Array,
  verdict: Verdict,
  sources: readonly string[],
  carried: number,
): Carried {
  return { data, fate: { key, shape, ...verdict, sources, elements: data.length, carried } };
}

/** The source's values, if it has them in the size that its architecture says. */
function dataOf({ tensors }: Context, { key, shape }: TensorSpec): Float32Array | undefined {
  const data = tensors.get(key)?.data;
  return data?.length === elementCount(shape) ? data : undefined;
}

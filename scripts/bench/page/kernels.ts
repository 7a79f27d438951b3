/** @file The page that `npm run bench:kernels` drives: single programs of a network against what they replace. */
import * as tf from "@tensorflow/tfjs-core";
import type { Architecture, Stage } from "../../../src/model/architecture/schema.ts";
import { interleave } from "../../../src/model/benchmark/rounds.ts";
import { median, type RatioInterval, ratioInterval } from "../../../src/model/benchmark/statistics.ts";
import { deviationsApart } from "../../../src/model/graph/difference.ts";
import { dispatchDepthwise } from "../../../src/model/kernels/depthwise.ts";
import { type DepthwiseBranch, packDepthwise } from "../../../src/model/kernels/packDepthwise.ts";
import { packMatmul } from "../../../src/model/kernels/packMatmul.ts";
import { toHwio } from "../../../src/model/runtime/axisOrder.ts";
import { startBackend } from "../../../src/model/runtime/backends.ts";
import { defaultTiles, dispatchMatmul } from "../../../src/model/runtime/tiles.ts";
import { seededTensor } from "../../../src/model/weights/seeded.ts";
import { dispatchWork, tensorWork, type Work } from "./device.ts";
import { plainMatmul } from "./plainMatmul.ts";

/** One program against one other way to the same result. */
export interface Comparison {
  readonly what: string;
  /** Multiply-adds of one run. */
  readonly macs: number;
  readonly names: readonly [program: string, other: string];
  /** Milliseconds of one run, medians. */
  readonly medianMs: readonly [program: number, other: number];
  /** The other's time over the program's in the same round. */
  readonly speedup: RatioInterval;
}

export interface KernelOrder {
  readonly architecture: Architecture;
  readonly rounds: number;
}

declare global {
  interface Window {
    readonly kernels: {
      readonly start: () => Promise<string>;
      readonly pointwise: (order: KernelOrder) => Promise<readonly Comparison[]>;
      readonly depthwise: (order: KernelOrder) => Promise<readonly Comparison[]>;
    };
  }
}

/** Milliseconds of work that one timing should see. */
const timedMs = 60;
const mostRepeats = 200;
/** In standard deviations of the result. */
const tolerance = 1e-4;

Object.assign(window, {
  kernels: {
    start: async () => (await startBackend("webgpu", () => {})).info.adapter,
    pointwise: async ({ architecture, rounds }) => {
      const comparisons: Comparison[] = [];
      for (const [index, stage] of architecture.stages.entries()) {
        const hidden = Math.floor(stage.mlpRatio * stage.dim);
        const rows = sideOf(architecture, index) ** 2;
        const layers = [
          { name: "expand", rows, inputs: stage.dim, outputs: hidden, gelu: true, residual: false },
          { name: "project", rows, inputs: hidden, outputs: stage.dim, gelu: false, residual: true },
        ] as const;
        for (const layer of layers) {
          comparisons.push(await comparePointwise(`stage ${index + 1} ${layer.name}`, layer, rounds));
        }
      }
      return comparisons;
    },
    depthwise: async ({ architecture, rounds }) => {
      const comparisons: Comparison[] = [];
      for (const [index, stage] of architecture.stages.entries()) {
        comparisons.push(
          ...(await compareDepthwise(`stage ${index + 1}`, stage, sideOf(architecture, index), rounds)),
        );
      }
      return comparisons;
    },
  } satisfies Window["kernels"],
});

function sideOf({ imageSize }: Architecture, stage: number): number {
  return Math.floor(imageSize / 4 / 2 ** stage);
}

interface Pointwise {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly gelu: boolean;
  readonly residual: boolean;
}

async function comparePointwise(what: string, layer: Pointwise, rounds: number): Promise<Comparison> {
  const { rows, inputs, outputs, gelu, residual } = layer;
  const x = seededTensor(`x of ${what}`, [rows, inputs]);
  const packed = packMatmul(
    { weight: seededTensor("weight", [outputs, inputs]), bias: seededTensor("bias", [outputs]) },
    { inputs, outputs, area: 1 },
  );
  const sizes = { batch: rows, height: 1, width: 1, inputs, outputs, patch: 1, epsilon: 0 };
  const bare = { layerNorm: false, gelu: false, residual: false, relu: false };
  const noBias = new Float32Array(packed.bias.length);
  const plain = await dispatchWork(plainMatmul(layer), [x, packed.weights]);
  // The product alone must be the same; the layer has an epilogue besides, which the plain one is spared.
  const product = await dispatchWork(dispatchMatmul(defaultTiles, bare, sizes), [x, packed.weights, noBias]);
  requireSame(what, await product.result(), await plain.result());
  product.dispose();
  const others = residual ? [seededTensor("residual", [rows, outputs])] : [];
  const own = await dispatchWork(dispatchMatmul(defaultTiles, { ...bare, gelu, residual }, sizes), [
    ...[x, packed.weights, packed.bias],
    ...others,
  ]);
  const shape = `${rows} x ${inputs} x ${outputs}`;
  const names = [`layer with bias and ${gelu ? "GELU" : "residual"}`, "plain matmul"] as const;
  return compare(`${what}, ${shape}`, rows * inputs * outputs, names, own, plain, rounds);
}

async function compareDepthwise(
  what: string,
  { dim, tokenMixer }: Stage,
  side: number,
  rounds: number,
): Promise<readonly Comparison[]> {
  if (tokenMixer.kind !== "inception") throw new Error(`${what} has no Inception mixer.`);
  const { bandKernelSize: band, squareKernelSize: square, branchRatio } = tokenMixer;
  const count = Math.floor(dim * branchRatio);
  const kernels = [
    [square, square],
    [1, band],
    [band, 1],
  ] as const;
  const inception = kernels.map((kernelSize, index) =>
    branchOf(kernelSize, dim - (kernels.length - index) * count, count),
  );
  const full = branchOf([7, 7], 0, dim);
  const x = seededTensor(`x of ${what}`, [side, side, dim]);
  const dispatch = dispatchDepthwise({ batch: 1, height: side, width: side, channels: dim });
  const own = (branches: readonly DepthwiseBranch[]) => {
    const { weights, bias, table } = packDepthwise(dim, branches);
    return dispatchWork(dispatch, [x, weights, bias, table]);
  };
  const program = await own(inception);
  const input = tf.tensor4d(x, [1, side, side, dim]);
  const split = splitWork(input, dim - kernels.length * count, inception);
  const convolveFull = convolution(full);
  const square7 = tensorWork(() => convolveFull(input));
  requireSame(what, await program.result(), await split.result());
  const ownSquare = await own([full]);
  requireSame(`${what}, 7 x 7`, await ownSquare.result(), await square7.result());
  const others = [
    ["split, 3 depthwise and concat of TensorFlow.js", split],
    ["7 x 7 depthwise, this project's program", ownSquare],
    ["7 x 7 depthwise of TensorFlow.js", square7],
  ] as const;
  const macs = side * side * inception.reduce((sum, { kernelSize: [h, w] }) => sum + count * h * w, 0);
  const comparisons: Comparison[] = [];
  for (const [name, other] of others) {
    const label = `${what}, ${side} x ${side} x ${dim}`;
    comparisons.push(await compare(label, macs, ["Inception depthwise", name], program, other, rounds));
  }
  return comparisons;
}

function branchOf(
  kernelSize: readonly [height: number, width: number],
  start: number,
  count: number,
): DepthwiseBranch {
  const name = kernelSize.join(" x ");
  return {
    start,
    count,
    kernelSize,
    weight: seededTensor(`weight ${name}`, [count, 1, ...kernelSize]),
    bias: seededTensor(`bias ${name}`, [count]),
  };
}

/** The mixer as the paper's code has it. */
function splitWork(input: tf.Tensor4D, identity: number, branches: readonly DepthwiseBranch[]): Work {
  const sizes = [identity, ...branches.map(({ count }) => count)];
  const convolutions = branches.map(convolution);
  return tensorWork(() => {
    const [passed, ...parts] = tf.split(input, sizes, 3);
    const convolved = convolutions.map((convolve, index) => convolve(parts[index] as tf.Tensor4D));
    return tf.concat([passed as tf.Tensor4D, ...convolved], 3);
  });
}

function convolution({ kernelSize, count, weight, bias }: DepthwiseBranch) {
  const [height, width] = kernelSize;
  const filter = tf.keep(tf.tensor4d(toHwio(weight, [count, 1, height, width]), [height, width, count, 1]));
  const offsets = tf.keep(tf.tensor1d(bias ?? new Float32Array(count)));
  return (x: tf.Tensor4D) => tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: "same", bias: offsets });
}

/** @throws Error unless both are the same but for rounding. */
function requireSame(what: string, actual: Float32Array, expected: Float32Array): void {
  const difference = actual.length === expected.length ? deviationsApart(actual, expected) : Number.NaN;
  if (!(difference < tolerance)) throw new Error(`${what}: the results differ by ${difference}.`);
}

async function compare(
  what: string,
  macs: number,
  names: readonly [program: string, other: string],
  program: Work,
  other: Work,
  rounds: number,
): Promise<Comparison> {
  const runners = [await runnerOf(names[0], program), await runnerOf(names[1], other)] as const;
  const samples = await interleave(runners, { warmup: 1, runs: rounds });
  const [own, others] = runners.map(({ name, repeats }) =>
    (samples.get(name)?.countedMs ?? []).map((ms) => ms / repeats),
  );
  return {
    what,
    macs,
    names,
    medianMs: [median(own ?? []), median(others ?? [])],
    speedup: ratioInterval(others ?? [], own ?? []),
  };
}

/** Repeats the work as often as a timing needs. */
async function runnerOf(name: string, work: Work) {
  await work.repeat(1);
  const start = performance.now();
  await work.repeat(1);
  const repeats = Math.min(mostRepeats, Math.ceil(timedMs / Math.max(performance.now() - start, 0.1)));
  return { name, repeats, run: () => work.repeat(repeats) };
}

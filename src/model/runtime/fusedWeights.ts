/** @file The weights of a fused graph as the kernels read them. */
import type { LayerTensors } from "../graph/passes/fused.ts";
import type { TensorSpec } from "../graph/types.ts";
import { packChannels } from "../kernels/channels.ts";
import { packDepthwise } from "../kernels/packDepthwise.ts";
import { packMatmul } from "../kernels/packMatmul.ts";
import { padChannels } from "../kernels/padding.ts";
import { areaOf, type FusedLayer } from "./fusedOps.ts";
import { affineIdentity, affineOfSources, type Sources, sourceOf } from "./sources.ts";

/** What a kernel reads besides activations, in the order of its inputs. */
export interface PackedWeights {
  /** Equal for equal contents. */
  readonly identity: string;
  pack(): readonly (Float32Array | Int32Array)[];
}

/** The packed weights of a layer, if it has any. They serve every batch and image size. */
export function packedOf({ node, input }: FusedLayer, sources: Sources): PackedWeights | undefined {
  const { op } = node;
  const [channels] = input;
  const identityOf = (spec: TensorSpec | undefined) => (spec ? sourceOf(sources, spec).identity : "none");
  const identitiesOf = ({ weight, bias }: LayerTensors) => `${identityOf(weight)}, ${identityOf(bias)}`;
  const valuesOf = ({ weight, bias }: LayerTensors) => ({
    weight: sourceOf(sources, weight).read(),
    bias: bias ? sourceOf(sources, bias).read() : new Float32Array(weight.shape[0] ?? 0),
  });
  switch (op.kind) {
    case "input":
    case "averagePool":
    case "averagePool2d":
    case "maxPool2d":
    case "gelu":
    case "relu":
    case "add":
    case "subtract":
      return undefined;
    case "channels":
      return {
        identity: `channels ${JSON.stringify(op.parts)}`,
        pack: () => [packChannels(op.parts)],
      };
    case "affine":
      return {
        identity: affineIdentity(op.affine, sources),
        pack: () => {
          const { factor, offset } = affineOfSources(op.affine, sources);
          return [factor, offset].map((values) => padChannels(values, values.length));
        },
      };
    case "depthwise": {
      const { start, count } = op.channels;
      const branches = op.branches.map(({ channels, kernelSize, ...tensors }) => ({
        ...tensors,
        place: { start: channels.start - start, count: channels.count, kernelSize },
      }));
      const parts = branches.map((branch) => `${JSON.stringify(branch.place)} ${identitiesOf(branch)}`);
      return {
        identity: `depthwise ${count} ${parts.join("; ")}`,
        pack: () => {
          const values = branches.map((branch) => ({ ...branch.place, ...valuesOf(branch) }));
          const { weights, bias, table } = packDepthwise(count, values);
          return [weights, bias, table];
        },
      };
    }
    case "layerNorm":
      return {
        identity: `layerNorm ${identitiesOf(op)}`,
        pack: () => {
          const { weight, bias } = valuesOf(op);
          return [padChannels(weight, weight.length), padChannels(bias, bias.length)];
        },
      };
    case "matmul":
    case "conv2d": {
      const layerNorm = op.kind === "matmul" ? op.layerNorm : undefined;
      const norm = layerNorm ? identitiesOf(layerNorm) : "none";
      const sizes = { inputs: channels, outputs: node.output[0], area: areaOf(op) };
      return {
        identity: `matmul ${Object.values(sizes).join(" ")} ${identitiesOf(op)} after ${norm}`,
        pack: () => {
          const packed = packMatmul(
            { ...valuesOf(op), layerNorm: layerNorm ? valuesOf(layerNorm) : undefined },
            sizes,
          );
          return [packed.weights, packed.bias];
        },
      };
    }
    default:
      return op satisfies never;
  }
}

/**
 * @file ResNet-50 (arXiv 1512.03385) as torchvision builds it (v1.5: the 3 x 3 convolution has the stride), the fixed
 * baseline that the papers measure against. It is not edited, so it has no architecture JSON.
 */
import { GraphBuilder } from "./builder.ts";
import type { LayerGraph } from "./types.ts";

/** Blocks and inner channels of the four stages; a block gives four times its inner channels. */
const stages = [
  { blocks: 3, channels: 64 },
  { blocks: 4, channels: 128 },
  { blocks: 6, channels: 256 },
  { blocks: 3, channels: 512 },
] as const;

const expansion = 4;

/** Side of the input image, in pixels, and the number of classes. */
export function lowerResnet50({ imageSize = 224, numClasses = 1000 } = {}): LayerGraph {
  const builder = new GraphBuilder();
  let x = builder.group({ id: "image", kind: "image" }, () => builder.input("input", 3, imageSize));
  x = builder.group({ id: "stem", kind: "stem" }, () => {
    const convolved = convNormRelu(builder, { conv: "conv1", norm: "bn1", relu: "relu" }, x, 64, 7, 2);
    return builder.maxPool2d("maxpool", convolved, [3, 3], 2, [1, 1]);
  });
  for (const [index, { blocks, channels }] of stages.entries()) {
    const id = `layer${index + 1}`;
    x = builder.group({ id, kind: "stage", stage: index }, () => {
      let y = x;
      for (let block = 0; block < blocks; block++) {
        const stride = block === 0 && index > 0 ? 2 : 1;
        y = builder.group({ id: `${id}.${block}`, kind: "block", stage: index, block }, () =>
          bottleneck(builder, `${id}.${block}`, y, channels, stride),
        );
      }
      return y;
    });
  }
  const output = builder.group({ id: "head", kind: "head" }, () =>
    builder.linear("fc", builder.globalAveragePool("avgpool", x), numClasses),
  );
  return builder.build(output);
}

/** 1 x 1, 3 x 3, 1 x 1, plus the shortcut, which is projected where the shapes differ. */
function bottleneck(builder: GraphBuilder, id: string, x: string, channels: number, stride: number): string {
  const names = (n: number) => ({ conv: `${id}.conv${n}`, norm: `${id}.bn${n}`, relu: `${id}.relu${n}` });
  const reduced = convNormRelu(builder, names(1), x, channels, 1, 1);
  const convolved = convNormRelu(builder, names(2), reduced, channels, 3, stride);
  const outputs = expansion * channels;
  const expanded = convNorm(builder, names(3), convolved, outputs, 1, 1);
  const isSameShape = stride === 1 && builder.channelsOf(x) === outputs;
  const shortcut = isSameShape
    ? x
    : convNorm(builder, { conv: `${id}.downsample.0`, norm: `${id}.downsample.1` }, x, outputs, 1, stride);
  return builder.relu(`${id}.relu3`, builder.add(`${id}.add`, expanded, shortcut));
}

function convNorm(
  builder: GraphBuilder,
  names: { readonly conv: string; readonly norm: string },
  x: string,
  channels: number,
  kernel: number,
  stride: number,
): string {
  const pad = (kernel - 1) / 2;
  const options = {
    channels,
    kernelSize: [kernel, kernel],
    stride,
    padding: [pad, pad],
    bias: false,
  } as const;
  return builder.norm(names.norm, builder.conv2d(names.conv, x, options), "batchnorm");
}

function convNormRelu(
  builder: GraphBuilder,
  names: { readonly conv: string; readonly norm: string; readonly relu: string },
  ...rest: [x: string, channels: number, kernel: number, stride: number]
): string {
  return builder.relu(names.relu, convNorm(builder, names, ...rest));
}

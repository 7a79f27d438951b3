/**
 * @file Lowers an architecture to its LayerGraph: MetaNeXt (arXiv 2303.16900) and ConvNeXt (arXiv 2201.03545), whose layers
 * are the same under other names; any mixer and either norm in both.
 */
import type { Architecture, Stage } from "../architecture/schema.ts";
import { lowerMixer } from "../mixers/table.ts";
import { GraphBuilder } from "./builder.ts";
import { type Naming, namingOf } from "./naming.ts";
import type { LayerGraph } from "./types.ts";

/** Every layer of the network that the (valid) architecture describes. */
export function lower(architecture: Architecture): LayerGraph {
  const builder = new GraphBuilder();
  const names = namingOf(architecture);
  const { norm, stages } = architecture;
  let x = builder.group({ id: "image", kind: "image" }, () =>
    builder.input("input", architecture.inChannels, architecture.imageSize),
  );
  x = builder.group({ id: names.stem, kind: "stem" }, () => {
    const conv = builder.conv2d(`${names.stem}.0`, x, {
      channels: stages[0].dim,
      kernelSize: [4, 4],
      stride: 4,
    });
    return builder.norm(`${names.stem}.1`, conv, norm);
  });
  for (const [index, stage] of stages.entries()) {
    x = builder.group({ id: names.stage(index), kind: "stage", stage: index }, () => {
      const start = index === 0 ? x : lowerDownsample(builder, names, index, x, architecture);
      return lowerBlocks(builder, names, index, stage, start, architecture);
    });
  }
  const output = builder.group({ id: "head", kind: "head" }, () =>
    lowerHead(builder, names, x, architecture),
  );
  return builder.build(output);
}

function lowerDownsample(
  builder: GraphBuilder,
  names: Naming,
  stage: number,
  x: string,
  architecture: Architecture,
): string {
  const id = names.downsample(stage);
  const channels = architecture.stages[stage]?.dim ?? 0;
  return builder.group({ id, kind: "downsample", stage }, () => {
    const normed = builder.norm(`${id}.0`, x, architecture.norm);
    return builder.conv2d(`${id}.1`, normed, { channels, kernelSize: [2, 2], stride: 2 });
  });
}

function lowerBlocks(
  builder: GraphBuilder,
  names: Naming,
  stage: number,
  { depth, dim, mlpRatio, tokenMixer }: Stage,
  start: string,
  { norm }: Architecture,
): string {
  let x = start;
  for (let block = 0; block < depth; block++) {
    const id = names.block(stage, block);
    const place = { stage, block };
    x = builder.group({ id, kind: "block", ...place }, () => {
      const mixerId = `${id}.${names.tokenMixer}`;
      const mixed = builder.group({ id: mixerId, kind: "tokenMixer", ...place }, () =>
        lowerMixer(builder, mixerId, x, tokenMixer),
      );
      const normed = builder.norm(`${id}.${names.norm}`, mixed, norm);
      const projected = builder.group({ id: `${id}.${names.mlp}`, kind: "mlp", ...place }, () => {
        const hidden = Math.floor(dim * mlpRatio);
        const expanded = builder.linear(`${id}.${names.fc1}`, normed, hidden, names.mlpWeight);
        const activated = builder.gelu(`${id}.${names.act}`, expanded);
        return builder.linear(`${id}.${names.fc2}`, activated, dim, names.mlpWeight);
      });
      return builder.add(`${id}.add`, builder.scale(`${id}.gamma`, projected), x);
    });
  }
  return x;
}

function lowerHead(
  builder: GraphBuilder,
  names: Naming,
  x: string,
  { head, numClasses }: Architecture,
): string {
  const pooled = builder.globalAveragePool("head.pool", x);
  switch (head.kind) {
    case "mlp": {
      const hidden = Math.floor(builder.channelsOf(pooled) * head.mlpRatio);
      const activated = builder.gelu("head.act", builder.linear("head.fc1", pooled, hidden));
      return builder.linear("head.fc2", builder.norm(names.headNorm, activated, "layernorm"), numClasses);
    }
    case "linear":
      return builder.linear(names.headLinear, builder.norm(names.headNorm, pooled, "layernorm"), numClasses);
    default:
      return head satisfies never;
  }
}

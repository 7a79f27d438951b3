import { describe, expect, it } from "vitest";
import { GraphBuilder } from "./builder.ts";
import { interpret } from "./interpret.testing.ts";

/** PoolFormer's mixer (arXiv 2111.11418) on one channel of 3 x 3 pixels. */
function poolMixer() {
  const builder = new GraphBuilder();
  const output = builder.group({ id: "mixer", kind: "tokenMixer" }, () => {
    const x = builder.channels("x", builder.input("input", 2, 3), { start: 1, count: 1 });
    return builder.subtract("difference", builder.averagePool2d("pool", x, [3, 1]), x);
  });
  return builder.build(output);
}

describe("average pooling that keeps the size", () => {
  // Of torch.nn.AvgPool2d((3, 1), stride=1, padding=(1, 0), count_include_pad=False).
  it("counts only pixels that exist, and subtracts its input", () => {
    const image = [...Array.from({ length: 9 }, () => 100), 1, 2, 3, 5, 8, 13, 21, 34, 55];
    const values = interpret(poolMixer(), new Map(), image);
    expect([...(values.get("pool") ?? [])]).toEqual([3, 5, 8, 9, 44 / 3, 71 / 3, 13, 21, 34]);
    expect([...(values.get("difference") ?? [])].map(Math.round)).toEqual([2, 3, 5, 4, 7, 11, -8, -13, -21]);
  });
});

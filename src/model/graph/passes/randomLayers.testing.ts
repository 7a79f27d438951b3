/** @file Random graphs of any layers in any order, most of which nothing can take in. */
import fc from "fast-check";
import { GraphBuilder } from "../builder.ts";
import type { LayerGraph, Shape, Size2d } from "../types.ts";

/** What a layer is made from: numbers that are taken modulo what there is. */
interface Choice {
  readonly kind: Kind;
  /** Newer layers first: 0 is the newest. */
  readonly input: number;
  readonly other: number;
  readonly first: number;
  readonly second: number;
}

const kinds = [
  "conv2d",
  "depthwise",
  "channels",
  "concat",
  "mixer",
  "batchnorm",
  "layernorm",
  "linear",
  "gelu",
  "relu",
  "scale",
  "add",
  "subtract",
  "averagePool2d",
  "poolDifference",
  "maxPool2d",
] as const;

type Kind = (typeof kinds)[number];

const few = fc.integer({ min: 0, max: 5 });

/** @param without Kinds that are left out. */
export function layerGraphs(without: readonly Kind[] = []): fc.Arbitrary<LayerGraph> {
  const choice = fc.record({
    kind: fc.constantFrom(...kinds.filter((kind) => !without.includes(kind))),
    input: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: few }),
    other: few,
    first: few,
    second: few,
  });
  return fc
    .record({
      channels: fc.integer({ min: 1, max: 9 }),
      choices: fc.array(choice, { minLength: 1, maxLength: 12 }),
      isPooled: fc.boolean(),
    })
    .map(({ channels, choices, isPooled }) => {
      const builder = new GraphBuilder();
      const output = builder.group({ id: "all", kind: "stem" }, () => {
        const maps = new Maps(builder, channels);
        for (const [index, each] of choices.entries()) maps.add(`layer${index}`, each);
        return isPooled
          ? builder.linear("fc", builder.globalAveragePool("pool", maps.newest), 3)
          : maps.newest;
      });
      return builder.build(output);
    });
}

/** The maps of a graph that grows. */
class Maps {
  readonly #builder: GraphBuilder;
  readonly #ids: string[];

  constructor(builder: GraphBuilder, channels: number) {
    this.#builder = builder;
    this.#ids = [builder.input("input", channels, 7)];
  }

  get newest(): string {
    return this.#ids.at(-1) ?? "";
  }

  add(id: string, { kind, input, other, first, second }: Choice): void {
    const x = this.#ids.at(-1 - (input % this.#ids.length)) ?? "";
    this.#ids.push(this.#layer(kind, id, x, { other, first, second }));
  }

  #layer(
    kind: Kind,
    id: string,
    x: string,
    { other, first, second }: Omit<Choice, "kind" | "input">,
  ): string {
    const builder = this.#builder;
    const [channels, height = 1, width = 1] = builder.shapeOf(x);
    const odd: Size2d = [2 * (first % 3) + 1, 2 * (second % 3) + 1];
    const start = first % channels;
    const range = { start, count: 1 + (second % (channels - start)) };
    switch (kind) {
      case "conv2d": {
        const side = 1 + (first % Math.min(3, height, width));
        const stride = 1 + (second % 2);
        const padding: Size2d = side > 1 && other % 2 === 0 ? [1, 1] : [0, 0];
        return builder.conv2d(id, x, {
          channels: 1 + other,
          kernelSize: [side, side],
          stride,
          padding,
          bias: other < 3,
        });
      }
      case "depthwise":
        return builder.depthwise(id, x, odd, range);
      case "channels":
        return builder.channels(id, x, range);
      case "concat":
        return builder.concat(id, [x, this.#like(x, other, false), x].slice(0, 1 + (first % 3)));
      case "mixer": {
        // Of one map or two, of a stretch of the channels, of some twice or of all, in order or not.
        const parts = [
          builder.channels(`${id}_passed`, this.#like(x, second, true), {
            start: other % channels,
            count: 1,
          }),
          builder.depthwise(`${id}_convolved`, x, odd, range),
        ];
        return builder.concat(id, other % 2 === 0 ? parts : parts.reverse());
      }
      case "batchnorm":
      case "layernorm":
        return builder.norm(id, x, kind);
      case "linear":
        return builder.linear(id, x, 1 + first + second);
      case "gelu":
      case "relu":
      case "scale":
        return builder[kind](id, x);
      case "add":
      case "subtract":
        return builder[kind](id, x, this.#like(x, other, true));
      case "averagePool2d":
        return builder.averagePool2d(id, x, odd);
      case "poolDifference":
        return builder.subtract(id, builder.averagePool2d(`${id}_pool`, x, odd), this.#like(x, other, true));
      case "maxPool2d":
        return builder.maxPool2d(id, x, [3, 3], 1 + (first % 2), [1, 1]);
      default:
        return kind satisfies never;
    }
  }

  /** A map of the size of `id`, maybe itself; of as many channels, too, where `alike`. */
  #like(id: string, choice: number, alike: boolean): string {
    const [channels, height, width] = this.#builder.shapeOf(id);
    const fits = ([c, h, w]: Shape) => h === height && w === width && (!alike || c === channels);
    const others = this.#ids.filter((other) => fits(this.#builder.shapeOf(other)));
    return others.at(-1 - (choice % others.length)) ?? id;
  }
}

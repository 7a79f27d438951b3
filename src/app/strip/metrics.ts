/** @file The totals in the strip: what each is, how it compares with the baseline, and how it was obtained. */
import { formatExact } from "../../editor/format.ts";
import type { NetworkCost } from "../../model/analysis/cost.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { verdictOf } from "../../model/benchmark/statistics.ts";
import { accuracyOf, type EngineState, isAbout } from "../engine/engineStore.ts";
import { isSame, sameNetwork } from "../network/sameNetwork.ts";
import {
  bytes,
  count,
  type Difference,
  lessIsBetter,
  milliseconds,
  percent,
  perSecond,
  points,
  type Quantity,
  speed,
  textOf,
} from "../words/format.ts";
import { badgeWord } from "../words/predictionWords.ts";

export interface Metric {
  readonly id: string;
  readonly label: string;
  /** Undefined where it has not been obtained; `absent` then says so in a word or two. */
  readonly value: Quantity | undefined;
  readonly absent?: string;
  /** A word on the value's standing, as `one run`. */
  readonly note?: string;
  readonly difference?: Difference;
  /** How it was obtained, in sentences. */
  readonly method: readonly string[];
}

/** What of the engine's findings the totals show; its progress is none of them. */
export type Findings = Pick<EngineState, "measurement" | "prediction" | "built" | "weights" | "accuracies">;

export interface MetricsInput {
  readonly architecture: Architecture;
  readonly baseline: Architecture;
  readonly cost: NetworkCost;
  readonly baselineCost: NetworkCost;
  readonly engine: Findings;
}

/** In the order of the strip. */
export function metricsOf(input: MetricsInput): readonly Metric[] {
  return [...countedMetrics(input), ...timeMetrics(input), carriedMetric(input), accuracyMetric(input)];
}

function countedMetrics({ cost, baselineCost, architecture, baseline }: MetricsInput): readonly Metric[] {
  const now = cost.total;
  const before = baselineCost.total;
  const isBaseline = sameNetwork(architecture, baseline);
  const against = (value: number, other: number, less: string, more: string) =>
    isBaseline ? {} : { difference: lessIsBetter(value, other, { less, more }) };
  return [
    {
      id: "params",
      label: "Parameters",
      value: count(now.params),
      ...against(now.params, before.params, "fewer", "more"),
      method: [
        `${formatExact(now.params)} trainable numbers, counted layer by layer.`,
        "Running statistics of batch norm are not trained and do not count.",
      ],
    },
    {
      id: "macs",
      label: "MACs",
      value: count(now.macs),
      ...against(now.macs, before.macs, "fewer", "more"),
      method: [
        `${formatExact(now.macs)} multiply-accumulates of the convolutions and linear layers, for one image.`,
        `That is ${textOf(count(now.flops))} FLOPs, at 2 FLOPs a MAC. Papers print MACs under the name FLOPs; here FLOPs always means 2 × MACs.`,
      ],
    },
    {
      id: "activations",
      label: "Activations",
      value: count(now.activations),
      ...against(now.activations, before.activations, "fewer", "more"),
      method: [
        `${formatExact(now.activations)} elements that the convolutions and linear layers write, for one image.`,
        "On a GPU this often tells more about speed than MACs do: memory is slower than arithmetic.",
      ],
    },
    {
      id: "weight-memory",
      label: "Weight memory",
      value: bytes(now.weightBytes),
      ...against(now.weightBytes, before.weightBytes, "smaller", "larger"),
      method: ["All weights and running statistics as 32-bit floats. 1 MB is a million bytes."],
    },
    {
      id: "peak-memory",
      label: "Peak memory",
      value: bytes(now.peakActivationBytes),
      ...against(now.peakActivationBytes, before.peakActivationBytes, "smaller", "larger"),
      method: [
        "The most feature maps that must exist at once when the layers run one after the other, as 32-bit floats, for one image.",
        "Counted from the graph. A backend that keeps buffers for later holds more.",
      ],
    },
  ];
}

/** From the measurement where it is about this network, else from the last prediction. */
function timeMetrics({ architecture, baseline, engine }: MetricsInput): readonly Metric[] {
  const { measurement, prediction } = engine;
  const isCurrent = measurement && sameNetwork(measurement.architecture, architecture);
  const measured = isCurrent ? measurement.value.results[0] : undefined;
  if (isCurrent && measured) {
    const { against, value } = measurement;
    const { backend, ratios } = value;
    const [ratio] = ratios;
    const isShown = ratio !== undefined && verdictOf(ratio) !== "undecided";
    // Against the baseline of the moment when it was measured, which may be another by now.
    const isOfBaseline = against !== undefined && isSame(against, baseline);
    const isCompared =
      isShown && ratio.a === measured.name && isOfBaseline && !sameNetwork(architecture, baseline);
    const difference = isCompared ? { difference: speed(ratio.median) } : {};
    const how = `${measured.runs} runs of a batch of ${measured.batch} on ${backend.adapter} (${backend.name}), after warm-up.`;
    return [
      {
        id: "latency",
        label: "Latency",
        value: milliseconds(measured.medianMs),
        note: `median of ${measured.runs}`,
        ...difference,
        method: [
          `Median time of one forward, from the call to the logits on the CPU. ${how}`,
          `90 % were done in ${textOf(milliseconds(measured.p90Ms))}, 99 % in ${textOf(milliseconds(measured.p99Ms))}.`,
          ...(ratio
            ? [`Measured in turn with ${ratio.b}, round by round; the ratio is the median over rounds.`]
            : []),
        ],
      },
      {
        id: "throughput",
        label: "Throughput",
        value: perSecond(measured.imagesPerSecond),
        note: `batch of ${measured.batch}`,
        ...difference,
        method: [`Images in a batch divided by the median latency. ${how}`],
      },
    ];
  }
  const last =
    prediction && sameNetwork(prediction.architecture, architecture) ? prediction.value.ms : undefined;
  const method = [
    "The time of the last prediction: one run, not a measurement.",
    "Measure, on the right, gives the median of many runs and compares it with the baseline.",
  ];
  const isKnown = last !== undefined;
  return [
    {
      id: "latency",
      label: "Latency",
      value: isKnown ? milliseconds(last) : undefined,
      absent: "not run yet",
      note: "one run",
      method,
    },
    {
      id: "throughput",
      label: "Throughput",
      value: isKnown ? perSecond(1000 / last) : undefined,
      absent: "not run yet",
      note: "one run",
      method,
    },
  ];
}

function carriedMetric({ architecture, engine: { built, weights } }: MetricsInput): Metric {
  const isCurrent = built !== undefined && isAbout(built, architecture, weights);
  const provenance = isCurrent ? built.value.provenance : undefined;
  return {
    id: "carried",
    label: "Carried over",
    value: provenance && percent(provenance.carried),
    absent: "not built yet",
    ...(provenance ? { note: badgeWord(provenance) } : {}),
    method: [
      "The share of this network's weights (its parameters) whose values come from the checkpoint; the others start as training would.",
      weights && weights.kind !== "untrained"
        ? `The checkpoint is ${weights.id}, from ${weights.origin}.`
        : "No checkpoint is loaded.",
    ],
  };
}

function accuracyMetric({ architecture, baseline, engine }: MetricsInput): Metric {
  const measured = accuracyOf(engine, architecture);
  const before = sameNetwork(architecture, baseline) ? undefined : accuracyOf(engine, baseline);
  return {
    id: "accuracy",
    label: "Accuracy",
    value: measured && percent(measured.top1),
    absent: "not measured",
    ...(measured ? { note: `${formatExact(measured.images)} images` } : {}),
    ...(measured && before ? { difference: points(measured.top1, before.top1) } : {}),
    method: [
      measured
        ? `The share of ${formatExact(measured.images)} labelled test images whose most probable class is the right one.`
        : "Predict, on the right, measures it on labelled test images where the checkpoint comes with some.",
    ],
  };
}

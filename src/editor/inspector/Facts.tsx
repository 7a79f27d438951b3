/** @file What the selection costs, with its share of the network and how each number is counted. */
import { Explain } from "../controls/Explain.tsx";
import { formatBytes, formatCount, formatExact, formatMs, formatShape, formatShare } from "../format.ts";
import type { Times } from "../graph/time.ts";
import { networkCostOf, outputOf, timedName } from "../store/derived.ts";
import { useShown } from "../store/react.tsx";
import styles from "./facts.module.css";
import { Section } from "./Section.tsx";
import type { Target } from "./target.ts";

export interface FactsProps {
  readonly target: Target;
  readonly times: Times | undefined;
}

export function Facts({ target, times }: FactsProps) {
  const architecture = useShown();
  const { total, byId } = networkCostOf(architecture);
  const id = target.id;
  const cost = id === undefined ? total : byId.get(id);
  const output = id === undefined ? undefined : outputOf(architecture, id);
  const ms = id === undefined ? times?.totalMs : times?.msById.get(id);
  const within = id === undefined ? undefined : times?.withinById.get(id);
  const others = id === undefined ? undefined : times?.othersById.get(id);
  const nameOf = (layer: string) => timedName(architecture, layer);
  if (!cost) return null;
  const whole = id === undefined;
  return (
    <Section title="Cost, one image">
      <dl className={styles["facts"]}>
        {output && (
          <Fact
            term="Output"
            value={formatShape(output)}
            explain="Channels × height × width, without the batch."
          />
        )}
        <Fact
          term="Parameters"
          value={formatCount(cost.params)}
          exact={formatExact(cost.params)}
          share={whole ? undefined : cost.params / total.params}
          explain="Every number that training changes. Running statistics of a batch norm do not count."
        />
        <Fact
          term="MACs"
          value={formatCount(cost.macs)}
          exact={formatExact(cost.macs)}
          share={whole ? undefined : cost.macs / total.macs}
          explain="Multiply-accumulates of convolutions and linear layers for one image, counted from the shapes. Papers and timm print them under the name FLOPs; FLOPs here are 2 × MACs. Norms, GELU and sums are not counted, as there."
        />
        <Fact
          term="FLOPs"
          value={formatCount(2 * cost.macs)}
          exact={formatExact(2 * cost.macs)}
          explain="2 × MACs: a multiplication and an addition each."
        />
        <Fact
          term="Activations"
          value={formatCount(cost.activations)}
          exact={formatExact(cost.activations)}
          share={whole ? undefined : cost.activations / total.activations}
          explain="Numbers that convolutions and linear layers give for one image. They predict speed better than MACs do where memory is what limits it."
        />
        <Fact
          term="Weights"
          value={formatBytes(cost.weightBytes)}
          exact={`${formatExact(cost.weightBytes)} bytes`}
          explain="All weights and running statistics as float32."
        />
        {whole && (
          <Fact
            term="Peak memory"
            value={formatBytes(total.peakActivationBytes)}
            exact={`${formatExact(total.peakActivationBytes)} bytes`}
            explain="Most bytes of float32 feature maps that must exist at once, layer by layer, for one image. Weights come on top."
          />
        )}
        <Fact
          term="Time"
          value={ms === undefined ? (within ? `within ${nameOf(within.id)}` : "not measured") : formatMs(ms)}
          note={
            ms === undefined
              ? within && `${formatMs(within.ms)} together`
              : others && `together with ${others.map(nameOf).join(", ")}`
          }
          share={whole || ms === undefined || !times ? undefined : ms / times.totalMs}
          explain="Measured on this device by a profile of the present network, for one image; see Measure. Layers that run as one operation have one time: it stands at the one that multiplies, the others say where, and nothing counts twice."
        />
      </dl>
    </Section>
  );
}

interface FactProps {
  readonly term: string;
  readonly value: string;
  readonly exact?: string;
  /** 0 to 1, of the network. */
  readonly share?: number | undefined;
  readonly explain: string;
  /** Below the value. */
  readonly note?: string | undefined;
}

function Fact({ term, value, exact, share, explain, note }: FactProps) {
  return (
    <div className={styles["fact"]}>
      <dt>
        {term}
        <Explain subject={term}>{explain}</Explain>
      </dt>
      <dd title={exact}>
        <span>{value}</span>
        {share !== undefined && (
          <span className={styles["share"]}>
            <span className={styles["track"]} aria-hidden="true">
              <span style={{ "--share": share }} />
            </span>
            <span className={styles["percent"]}>{formatShare(share)}</span>
          </span>
        )}
      </dd>
      {note && <dd className={styles["note"]}>{note}</dd>}
    </div>
  );
}

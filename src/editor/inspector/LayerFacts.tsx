/** @file What a layer does: its operation with all of its settings, and what it reads. */
import type { LayerNode, Op } from "../../model/graph/types.ts";
import { formatKernel, formatShape } from "../format.ts";
import { outputOf } from "../store/derived.ts";
import { useEditorStore, useShown } from "../store/react.tsx";
import { reveal } from "../store/reveal.ts";
import { opWords } from "../words.ts";
import styles from "./layerFacts.module.css";
import { Section } from "./Section.tsx";

export function LayerFacts({ node }: { readonly node: LayerNode }) {
  const architecture = useShown();
  const store = useEditorStore();
  return (
    <Section title="Layer">
      <p className={styles["words"]}>{opWords(node.op)}</p>
      <dl className={styles["facts"]}>
        {settingsOf(node.op).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {node.inputs.map((id) => (
          <div key={id}>
            <dt>Reads</dt>
            <dd>
              <button type="button" onClick={() => reveal(store, id)}>
                {id}
              </button>
              <span>{formatShape(outputOf(architecture, id) ?? [])}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function settingsOf(op: Op): readonly (readonly [term: string, value: string])[] {
  switch (op.kind) {
    case "conv2d":
    case "maxPool2d":
      return [
        ["Kernel", formatKernel(op.kernelSize)],
        ["Stride", String(op.stride)],
        ["Padding", formatKernel(op.padding)],
      ];
    case "averagePool2d":
      return [
        ["Kernel", formatKernel(op.kernelSize)],
        ["Stride", "1"],
      ];
    case "depthwiseConv2d":
      return [
        ["Kernel", formatKernel(op.kernelSize)],
        ["Stride", "1"],
        ["Channels", rangeWords(op.channels.start, op.channels.count)],
      ];
    case "channels":
      return [["Channels", rangeWords(op.channels.start, op.channels.count)]];
    case "batchNorm":
    case "layerNorm":
      return [["Epsilon", op.epsilon.toExponential().replace("e-", " × 10⁻").replace(/\d$/, superscript)]];
    default:
      return [];
  }
}

function rangeWords(start: number, count: number): string {
  return `${count}: from ${start} to ${start + count - 1}`;
}

function superscript(digit: string): string {
  return "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? digit;
}

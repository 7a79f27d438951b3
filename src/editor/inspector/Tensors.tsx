/** @file The tensors of the state_dict that a layer needs. */
import { trainable } from "../../model/analysis/cost.ts";
import { elementCount } from "../../model/graph/elementCount.ts";
import type { LayerNode } from "../../model/graph/types.ts";
import { Explain } from "../controls/Explain.tsx";
import { formatCount, formatExact, formatShape } from "../format.ts";
import { Section } from "./Section.tsx";
import styles from "./table.module.css";

export function Tensors({ node }: { readonly node: LayerNode }) {
  if (node.tensors.length === 0) return null;
  return (
    <Section
      title="Tensors"
      aside={
        <Explain subject="Tensors">
          Names are the keys of the official state_dict, shapes are PyTorch's: convolutions as outputs ×
          inputs per group × height × width, linear layers as outputs × inputs.
        </Explain>
      }
    >
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Shape</th>
            <th scope="col">Numbers</th>
          </tr>
        </thead>
        <tbody>
          {node.tensors.map((tensor) => (
            <tr key={tensor.key}>
              <th scope="row" title={tensor.key}>
                <code>{tensor.key.split(".").at(-1)}</code>
                {trainable(tensor) === 0 && <span className={styles["note"]}>not trained</span>}
              </th>
              <td>{formatShape(tensor.shape)}</td>
              <td title={formatExact(elementCount(tensor.shape))}>
                {formatCount(elementCount(tensor.shape))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** @file How far the predictions may be trusted: pretrained, partly, or not at all. */
import { CircleDashed, CircleDot, CircleDotDashed } from "lucide-react";
import type { Provenance } from "../../model/engine/api.ts";
import { badgeMeaning, badgeText } from "../words/predictionWords.ts";
import styles from "./predict.module.css";

const icons = {
  pretrained: CircleDot,
  "partly pretrained": CircleDotDashed,
  untrained: CircleDashed,
} as const;

export function Badge({ provenance }: { readonly provenance: Provenance }) {
  const Icon = icons[provenance.badge];
  return (
    <span className={styles["badge"]} data-badge={provenance.badge} title={badgeMeaning(provenance)}>
      <Icon aria-hidden />
      <span>{badgeText(provenance)}</span>
    </span>
  );
}

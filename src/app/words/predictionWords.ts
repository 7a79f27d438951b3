/** @file Predictions and where they come from, in words. */
import type { Provenance } from "../../model/engine/api.ts";
import { percent, textOf } from "./format.ts";

/** The first of a class's synonyms, as a person would say it: `tabby, tabby cat` is `tabby`. */
export function shortLabel(label: string): string {
  return label.split(",")[0]?.trim() || label;
}

const datasets: Readonly<Record<string, string>> = {
  "imagenet-1k": "ImageNet-1k",
  "fashion-mnist": "Fashion-MNIST",
};

/** A data set's name as people write it. */
export function datasetName(dataset: string): string {
  return datasets[dataset] ?? dataset;
}

/** Where the weights come from in a word or two: `edited` where all carried over into a network that is another one. */
export function badgeWord({ badge, carried }: Provenance): string {
  return badge === "partly pretrained" && carried === 1 ? "edited" : badge;
}

/** What a badge says, as `Partly pretrained (93.1 %) · ImageNet-1k`. */
export function badgeText(provenance: Provenance): string {
  const { badge, carried, dataset } = provenance;
  const word = badgeWord(provenance);
  const share = textOf(percent(carried));
  const note =
    word === "edited" ? `, ${share} carried over` : badge === "partly pretrained" ? ` (${share})` : "";
  const origin = dataset ? ` · ${datasetName(dataset)}` : "";
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}${note}${origin}`;
}

/** What the badge means, in a sentence. */
export function badgeMeaning({ badge, carried, dataset }: Provenance): string {
  const origin = dataset ? `was trained on ${datasetName(dataset)}` : "does not say what it was trained on";
  switch (badge) {
    case "pretrained":
      return `Every weight comes from the checkpoint, which ${origin}.`;
    case "partly pretrained":
      if (carried === 1) {
        return `Every weight comes from the checkpoint, which ${origin}, but edits left a part of that network out, so this is another one. Answers can be worse, up to nonsense.`;
      }
      return `Edits changed the network, so only a part of its weights comes from the checkpoint, which ${origin}; the others start as training would. Answers can be worse, up to nonsense.`;
    case "untrained":
      return "No weight was trained, so these answers mean nothing. Speed and memory do not depend on training.";
    default:
      return badge satisfies never;
  }
}

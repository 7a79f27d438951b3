/** @file How far the kernels lie apart, in words. */
import type { Verification, VerifiedRun } from "../../model/engine/api.ts";
import { backendNames } from "../words/backendWords.ts";

/** Largest differences that count as agreement, in standard deviations of the logits. */
export const agreement = {
  /** No picture's first answer hangs on it. */
  f32: 1e-3,
  /** Halves have eleven binary digits, and every layer rounds to them. */
  f16: 2e-2,
} as const;

export function agrees({ kernels, difference }: Pick<VerifiedRun, "kernels" | "difference">): boolean {
  return difference <= (kernels === "fused-f16" ? agreement.f16 : agreement.f32);
}

const kernelNames: Record<VerifiedRun["kernels"], string> = {
  fused: "Own kernels",
  "fused-f16": "Own kernels, 16-bit storage",
  "fused-subgroups": "Own kernels with subgroups",
  folded: "Folded operations",
  stock: "Stock operations",
};

/** As `Own kernels, WebGPU`. */
export function wayOf({ kernels, backend }: Pick<VerifiedRun, "kernels" | "backend">): string {
  return `${kernelNames[kernels]}, ${backendNames[backend]}`;
}

export interface KernelVerdict {
  readonly isAgreed: boolean;
  readonly text: string;
}

/** What is not a number agrees with nothing. */
export function kernelVerdict({ runs }: Verification): KernelVerdict {
  const apart = runs.filter((run) => !agrees(run));
  if (apart.length === 0) return { isAgreed: true, text: "All agree on this network" };
  const names = apart.map(wayOf).join(" and ");
  return { isAgreed: false, text: `${names} ${apart.length === 1 ? "differs" : "differ"} on this network` };
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A small number with two digits, as `3.1 × 10⁻⁶`; from a thousandth on written out. */
export function smallNumber(value: number): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return "no number";
  if (value >= 1e-3) return String(Number(value.toPrecision(2)));
  const [digits, exponent] = value.toExponential(1).split("e-");
  return `${digits} × 10⁻${[...(exponent ?? "")].map((digit) => superscripts[Number(digit)]).join("")}`;
}

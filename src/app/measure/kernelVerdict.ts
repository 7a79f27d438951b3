/** @file How far the kernels lie apart, in words. */
import type { Verification, VerifiedRun } from "../../model/engine/api.ts";
import { backendNames } from "../topBar/backendWords.ts";

/** Largest difference that counts as agreement, in standard deviations of the logits: no picture's first answer hangs on it. */
export const agreement = 1e-3;

const kernelNames: Record<VerifiedRun["kernels"], string> = {
  fused: "Own kernels",
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
  const apart = runs.filter(({ difference }) => !(difference <= agreement));
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

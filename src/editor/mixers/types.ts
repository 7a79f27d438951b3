/** @file What a token mixer is to the editor: the interface that every kind's face fills in. */
import type { ReactNode } from "react";
import type { MixerField } from "../../model/mixers/table.ts";
import type { Branch } from "../graph/branches.ts";
import type { StageKnobProps } from "../knobs/field.ts";

/** A field of the mixer that a person turns. */
export interface MixerKnob<M> {
  readonly field: MixerField;
  /** In the inspector. */
  readonly label: string;
  /** On a node, where there is less room; the label where absent. */
  readonly short?: string;
  /** What it does, on asking. */
  readonly explain: string;
  /** Its control, without its words. */
  readonly control: (knob: StageKnobProps) => ReactNode;
  /** In words, where networks are compared. */
  readonly value: (mixer: M) => ReactNode;
  /** Takes a line of its own in the inspector, and the room that is left on a node. */
  readonly isWide?: boolean;
}

/** A field that a sweep turns. */
export interface MixerSweep {
  readonly field: MixerField;
  readonly label: string;
  /** That it begins with, as a person would type them. */
  readonly values: string;
  /** Shown as a fraction where it is one. */
  readonly isRatio: boolean;
}

/** How a kind of mixer is drawn and turned. */
export interface MixerFace<M> {
  /** Whether there is something to see in it. */
  readonly opens: boolean;
  /** In their order along the channels of a stage with `dim` channels. */
  branches(dim: number, mixer: M): readonly Branch[];
  /** In the order in which they stand. */
  readonly knobs: readonly MixerKnob<M>[];
  readonly sweeps: readonly MixerSweep[];
}

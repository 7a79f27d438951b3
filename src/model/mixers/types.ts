/** @file What a token mixer is to the rest of the model: the interface that every kind fills in. */
import type { z } from "zod";

/** `count` channels from `start` on. */
export interface ChannelRange {
  readonly start: number;
  readonly count: number;
}

/** `[height, width]`, in pixels. */
export type Size2d = readonly [height: number, width: number];

/** The layers that mixers are made of. Every method adds one and returns its id. */
export interface MixerBuilder {
  /** Channels of what a layer gives. */
  channelsOf(id: string): number;
  /** One kernel a channel on a range of the channels, padded to keep the size. */
  depthwise(id: string, input: string, kernelSize: Size2d, channels: ChannelRange): string;
  /** Passes a range of the channels through. */
  channels(id: string, input: string, channels: ChannelRange): string;
  concat(id: string, inputs: readonly string[]): string;
  /** Average of the pixels under the kernel that lie inside the image. */
  averagePool2d(id: string, input: string, kernelSize: Size2d): string;
  subtract(id: string, left: string, right: string): string;
}

/** A field that does not fit the stage around the mixer. */
export interface FieldIssue {
  /** Below the mixer. */
  readonly field: string;
  readonly message: string;
}

/** Shape of the weight of a module below the mixer (`dwconv_hw`; empty: the mixer itself), where a checkpoint has one. */
export type WeightShapes = (module: string) => readonly number[] | undefined;

/** A mixer that a checkpoint's shapes tell, but for its ratio: `floor(dim * ratio)` fits many. */
export interface Recognised<M> {
  /** Channels that the ratio gives; absent where no ratio is asked for. */
  readonly channels?: number;
  readonly mixer: (ratio: number) => M;
}

/** Everything that the model knows of a kind of token mixer. */
export interface MixerKind<M extends { readonly kind: string }> {
  readonly kind: M["kind"];
  /** In a word, for lists and nodes. */
  readonly name: string;
  /** What it does, in a line. */
  readonly hint: string;
  readonly schema: z.ZodType<M>;
  /** As the papers set it up. */
  readonly standard: M;
  /** Fields that may be absent and can still be set. */
  readonly optional: readonly string[];
  /** What of a mixer that the schema takes does not fit a stage of `dim` channels. */
  issue(mixer: M, dim: number): FieldIssue | undefined;
  /** The same mixer without what says no more than its absence. */
  plain(mixer: M): M;
  /** Adds its layers under the module path `id` and returns the id of their output, which has the shape of the input. */
  lower(builder: MixerBuilder, id: string, input: string, mixer: M): string;
  /** Undefined where the shapes are not those of this kind. */
  recognise(weight: WeightShapes): Recognised<M> | undefined;
}

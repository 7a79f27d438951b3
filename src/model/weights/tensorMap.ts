/**
 * @file Named weights in PyTorch's layout, a checkpoint that holds them, and the error of everything about checkpoints.
 */

/** A float tensor, row-major in PyTorch's layout: convolutions OIHW `[outC, inC / groups, kh, kw]`, linear `[out, in]`. */
export interface WeightTensor {
  readonly shape: readonly number[];
  /** As many values as the product of `shape`. */
  readonly data: Float32Array;
}

/** Tensors by state_dict key. A `Map`, so that no key (`__proto__`) is special. */
export type TensorMap = ReadonlyMap<string, WeightTensor>;

/** `pytorch` is the zip form, `pytorch-legacy` the form before PyTorch 1.6. */
export type CheckpointFormat = "safetensors" | "pytorch" | "pytorch-legacy";

/** What a file held. Keys are as in the file, but for wrappers (`model.`, `state_dict.`), which are taken off. */
export interface Checkpoint {
  readonly format: CheckpointFormat;
  /** Float tensors (F32, and F16 and BF16 widened). */
  readonly tensors: TensorMap;
  /** Keys of whole-number tensors (`num_batches_tracked`): left out, since no layer computes with them. */
  readonly integers: readonly string[];
  /** Strings of the safetensors header's `__metadata__`. */
  readonly metadata?: ReadonlyMap<string, string>;
}

const nextSteps = {
  notCheckpoint: "Choose a .safetensors file, or a .pth or .bin file that torch.save wrote.",
  truncated: "Fetch or copy the file again.",
  damaged: "Fetch or copy the file again.",
  unsafe: "Convert the file to .safetensors in PyTorch, or fetch it from a source that you trust.",
  unsupported: "Save the weights as plain F32, F16 or BF16 tensors, for instance as .safetensors.",
  wrongArchitecture: "Choose a checkpoint of InceptionNeXt, ConvNeXt or torchvision's ResNet-50.",
  wrongHash: "Fetch it again; if that repeats, what the server sends is not the published file.",
  offline: "Check the connection and retry, or drop the checkpoint file on the page.",
  unavailable: "Wait a minute and retry, or drop the checkpoint file on the page.",
  refused: "Fetch the file in a browser or with `npm run weights`, and drop it on the page.",
  notFound: "Check the name and the commit, or drop the checkpoint file on the page.",
  declined: "Allow the download, or choose a smaller network.",
  badManifest: "Run `npm run weights` again, or restore public/weights/manifest.json.",
} as const;

/**
 * - `notCheckpoint`: neither format, or a broken one;
 * - `truncated`: ends before it should;
 * - `damaged`: complete, but not what its own checksums tell;
 * - `unsafe`: a pickle that asks for something other than tensors;
 * - `unsupported`: valid, but of a dtype or kind that is not read here;
 * - `wrongArchitecture`: tensors that make none of the known networks;
 * - `wrongHash`: complete, but not the bytes that the manifest or the hub announce;
 * - `offline`: no answer at all, or cut off and not resumed; `unavailable`: 429, 5xx or a stall that outlasted the retries;
 * - `refused`: 401, 403 and their like; `notFound`: 404, 410; `declined`: the person said no to a large download;
 * - `badManifest`: manifest.json does not hold what it should.
 */
export type CheckpointErrorCode = keyof typeof nextSteps;

/** Anything wrong with a checkpoint or the way to it. The message says what happened and names the next step. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
  readonly code: CheckpointErrorCode;
  /** @param what One sentence with its full stop; the next step is added. */
  constructor(code: CheckpointErrorCode, what: string, options?: { readonly cause?: unknown }) {
    super(`${what} ${nextSteps[code]}`, options);
    this.code = code;
  }
}

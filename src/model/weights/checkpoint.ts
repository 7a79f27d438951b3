/**
 * @file Reads a checkpoint of any known format, which its first bytes tell.
 */
import { isPytorchLegacy, readPytorchLegacy, readPytorchZip } from "./pytorch.ts";
import { readSafetensors } from "./safetensors.ts";
import { type CheckpointSource, readBytes } from "./source.ts";
import { type Checkpoint, CheckpointError } from "./tensorMap.ts";

const zipMagic = [0x50, 0x4b, 0x03, 0x04] as const;
const openingBrace = 0x7b;

/**
 * Reads `.safetensors` and PyTorch's `.pth` or `.bin` (zip or legacy form; bare or under `model`, `state_dict`, `model_ema`).
 * Takes little more memory than the tensors: F32 from `bytesSource` shares its buffer, other sources are read in slices.
 * @throws CheckpointError `notCheckpoint`, `truncated`, `damaged`, `unsafe` or `unsupported`; nothing else, whatever the bytes.
 */
export async function readCheckpoint(source: CheckpointSource): Promise<Checkpoint> {
  try {
    const head = await readBytes(source, 0, Math.min(source.size, 64), "the first bytes");
    if (startsWith(head, zipMagic)) return await readPytorchZip(source);
    if (isPytorchLegacy(head)) return await readPytorchLegacy(source);
    if (head[8] === openingBrace) return await readSafetensors(source);
    throw new CheckpointError("notCheckpoint", nameOf(head));
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    // A file that can no longer be read (moved or changed since it was chosen), or one beyond the engine's own limits.
    throw new CheckpointError("notCheckpoint", "The file could not be read.", { cause: error });
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}

function nameOf(head: Uint8Array): string {
  if (head.length === 0) return "The file is empty.";
  const text = new TextDecoder().decode(head).trimStart().toLowerCase();
  if (text.startsWith("version https://git-lfs"))
    return "The file is a Git LFS pointer, not the weights themselves.";
  if (text.startsWith("<")) return "The file is a web page, not a checkpoint.";
  return "The file is neither safetensors nor a PyTorch checkpoint.";
}

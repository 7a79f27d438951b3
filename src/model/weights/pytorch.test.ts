import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "./checkpoint.ts";
import { legacyMagic } from "./pytorch.ts";
import { bytesSource } from "./source.ts";
import { CheckpointError } from "./tensorMap.ts";

/** Pickles are written by hand here, as text with `\x` escapes for bytes. */
const chars = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const name = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const global = (module: string, value: string) => `c${module}\n${value}\n`;
const orderedDict = global("collections", "OrderedDict");
const storage = `(${name("storage")}${global("torch", "FloatStorage")}${name("0")}${name("cpu")}K\x02tQ`;
const tensor = `${global("torch._utils", "_rebuild_tensor_v2")}(${storage}K\0K\x02\x85K\x01\x85\x89${orderedDict})RtR`;
const dict = (...members: readonly (readonly [string, string])[]) =>
  `}(${members.map(([key, value]) => name(key) + value).join("")}u`;

/** What `torch.save` writes: a pickle, and the two values of its one tensor. */
function saved(value: string): Uint8Array<ArrayBuffer> {
  return zipSync({
    "archive/data.pkl": chars(`\x80\x02${value}.`),
    "archive/byteorder": strToU8("little"),
    "archive/data/0": new Uint8Array(Float32Array.of(1.5, -2).buffer),
  }) as Uint8Array<ArrayBuffer>;
}

const read = (value: string) => readCheckpoint(bytesSource(saved(value)));

describe("a state_dict", () => {
  const weights = dict(["layer.weight", tensor]);
  it.each<[string, string]>([
    ["bare", weights],
    ["under model", dict(["model", weights])],
    ["under state_dict, beside other things", dict(["epoch", "K\x07"], ["state_dict", weights])],
    ["under model_ema", dict(["model_ema", weights])],
    ["under state_dict, beside another tensor", dict(["rng_state", tensor], ["state_dict", weights])],
  ])("is found %s", async (_, value) => {
    const { format, tensors } = await read(value);
    expect(format).toBe("pytorch");
    expect([...tensors]).toEqual([["layer.weight", { shape: [2], data: Float32Array.of(1.5, -2) }]]);
  });

  it("is missed where there is none, with what to choose instead", async () => {
    await expect(read(dict(["epoch", "K\x07"]))).rejects.toMatchObject({
      code: "notCheckpoint",
      message: expect.stringMatching(/holds no state_dict.* Choose a \.safetensors file/),
    });
  });
});

describe("the form before PyTorch 1.6", () => {
  const magic = String.fromCharCode(...legacyMagic);
  const bytes = (...pickles: readonly string[]) => pickles.map(chars).flatMap((pickle) => [...pickle]);

  it.each<[string, string]>([
    ["2, which torch.save writes unless told otherwise", `\x80\x02${magic}`],
    ["3", `\x80\x03${magic}`],
    ["4, in frames", `\x80\x04\x95\x0d\0\0\0\0\0\0\0${magic}`],
  ])("is read in protocol %s", async (_, start) => {
    const file = Uint8Array.of(
      ...bytes(start, "\x80\x02M\xe9\x03.", `\x80\x02${dict(["little_endian", "\x88"])}.`),
      ...bytes(`\x80\x02${dict(["layer.weight", tensor])}.`, `\x80\x02](${name("0")}e.`),
      ...[2, 0, 0, 0, 0, 0, 0, 0],
      ...new Uint8Array(Float32Array.of(1.5, -2).buffer),
    );
    const { format, tensors } = await readCheckpoint(bytesSource(file));
    expect(format).toBe("pytorch-legacy");
    expect([...tensors]).toEqual([["layer.weight", { shape: [2], data: Float32Array.of(1.5, -2) }]]);
  });
});

it("runs nothing: what is no tensor is refused by its name, with the next step", async () => {
  const error = await read(
    dict(["args", `${global("argparse", "Namespace")})R`], ["model", dict(["w", tensor])]),
  ).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CheckpointError);
  expect(error).toMatchObject({
    code: "unsafe",
    message: expect.stringMatching(/argparse\.Namespace.* Convert the file to \.safetensors in PyTorch/),
  });
});

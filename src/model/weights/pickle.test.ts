import { describe, expect, it } from "vitest";
import { isTensorRef, unpickle } from "./pickle.ts";
import { CheckpointError } from "./tensorMap.ts";

/** Pickles are written by hand here, as text with `\x` escapes for bytes. */
const bytes = (...parts: readonly string[]) => Uint8Array.from(parts.join(""), (char) => char.charCodeAt(0));
const load = (...parts: readonly string[]) => unpickle(bytes(...parts));

const proto = "\x80\x02";
const text = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const global = (module: string, name: string) => `c${module}\n${name}\n`;
const storage = `(${text("storage")}${global("torch", "FloatStorage")}${text("0")}${text("cpu")}K\x06tQ`;
const tensor = (shape: string, strides: string) =>
  `${global("torch._utils", "_rebuild_tensor_v2")}(${storage}K\0${shape}${strides}\x89${global("collections", "OrderedDict")})RtR`;

function failure(...parts: readonly string[]): CheckpointError {
  try {
    load(...parts);
  } catch (error) {
    if (error instanceof CheckpointError) return error;
    throw error;
  }
  throw new Error("It was read.");
}

describe("unpickle", () => {
  it("gives dicts as maps and tensors as references", () => {
    const { value, storages, length } = load(
      proto,
      "}(",
      text("w"),
      tensor("K\x02K\x03\x86", "K\x03K\x01\x86"),
      "u.rest",
    );
    expect(value).toBeInstanceOf(Map);
    const ref = (value as Map<string, unknown>).get("w");
    expect(isTensorRef(ref)).toBe(true);
    expect(ref).toMatchObject({ offset: 0, shape: [2, 3], strides: [3, 1] });
    expect(storages.get("0")).toEqual({ type: "FloatStorage", key: "0", count: 6 });
    expect(length).toBe(
      bytes(proto, "}(", text("w"), tensor("K\x02K\x03\x86", "K\x03K\x01\x86"), "u.").length,
    );
  });

  it("keeps keys that are special on objects", () => {
    const { value } = load(proto, "}(", text("__proto__"), "K\x01", text("constructor"), "K\x02u.");
    expect(value).toEqual(
      new Map([
        ["__proto__", 1],
        ["constructor", 2],
      ]),
    );
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it("drops attributes: nothing is built", () => {
    const { value } = load(
      proto,
      global("collections", "OrderedDict"),
      ")R}(",
      text("__setstate__"),
      "K\x01ub.",
    );
    expect(value).toEqual(new Map());
    expect(Object.keys(value as object)).toEqual([]);
    // On a list, this would have set its length.
    expect(load(proto, "]}(", text("length"), "J\xff\xff\xff\x7fub.").value).toEqual([]);
  });
});

describe("what a pickle may not do", () => {
  it.each<[string, readonly string[], string]>([
    ["run a command", [proto, global("posix", "system"), "(", text("true"), "tR."], "posix.system"],
    ["evaluate code", [proto, global("builtins", "eval"), "(", text("1"), "tR."], "builtins.eval"],
    ["name a global on the stack", ["\x80\x04", text("os"), text("system"), "\x93."], "os.system"],
    ["rebuild what is no tensor", [proto, global("argparse", "Namespace"), ")R."], "argparse.Namespace"],
    ["make an object", [proto, global("torch", "FloatStorage"), ")\x81."], "0x81"],
    ["make an instance", [proto, "(i__main__\nX\n."], "0x69"],
    ["use an extension", [proto, "\x82\x01."], "0x82"],
    ["bring binary text, with a negative length", [proto, "B\xfb\xff\xff\xff."], "0x42"],
  ])("%s", (_, pickle, words) => {
    const error = failure(...pickle);
    expect(error.code).toBe("unsafe");
    expect(error.message).toContain(words);
    expect(error.message).toContain("Convert the file");
  });

  it.each<[string, readonly string[]]>([
    ["call a storage type", [proto, global("torch", "FloatStorage"), ")R."]],
    ["call a number", [proto, "K\x01)R."]],
    ["hand a tensor too little", [proto, global("torch._utils", "_rebuild_tensor_v2"), ")R."]],
    ["hand a tensor a made-up storage", [proto, global("torch._utils", "_rebuild_tensor_v2"), "(}K\0)))tR."]],
    ["fill an OrderedDict on the way", [proto, global("collections", "OrderedDict"), "(]tR."]],
    ["name one storage in two ways", [proto, storage, storage.replace("K\x06", "K\x07"), "\x86."]],
    ["take from an empty stack", [proto, "R."]],
    ["take a mark that is not there", [proto, "t."]],
    ["set an item of a number", [proto, "K\x01K\x02K\x03s."]],
  ])("%s", (_, pickle) => {
    expect(failure(...pickle).code).toBe("notCheckpoint");
  });

  it("have no end, or too many instructions", () => {
    expect(failure(proto, "}").code).toBe("truncated");
    expect(failure(proto, "X\xff\xff\xff\x7fabc").code).toBe("truncated");
    expect(failure(proto, "(".repeat(1_000_001)).code).toBe("notCheckpoint");
  });
});

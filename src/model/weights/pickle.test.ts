import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instructions } from "./pickle/instructions.ts";
import { TensorRef } from "./pickle/tensorRef.ts";
import { unpickle } from "./pickle.ts";
import { CheckpointError } from "./tensorMap.ts";

/** Whether a value contains itself, at any depth. Shared parts are looked at once. */
function containsItself(value: unknown, above = new Set<unknown>(), seen = new Set<unknown>()): boolean {
  if (above.has(value)) return true;
  const parts = value instanceof Map ? [...value].flat() : Array.isArray(value) ? value : [];
  if (parts.length === 0 || seen.has(value)) return false;
  above.add(value);
  const found = parts.some((part) => containsItself(part, above, seen));
  above.delete(value);
  seen.add(value);
  return found;
}

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
    expect(ref).toBeInstanceOf(TensorRef);
    expect(ref).toMatchObject({ offset: 0, shape: [2, 3], strides: [3, 1] });
    expect(storages.get("0")).toMatchObject({ type: { name: "torch.FloatStorage" }, key: "0", count: 6 });
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

describe("values", () => {
  it.each<[string, string, unknown]>([
    ["None and booleans", "(N\x88\x89t", [null, true, false]],
    ["whole numbers", "(K\xffM\xff\xffJ\xff\xff\xff\xfft", [255, 65535, -1]],
    ["long whole numbers", "(\x8a\0\x8a\x01\x80\x8a\x05\0\0\0\0\x01t", [0, -128, 2 ** 32]],
    ["whole numbers beyond a float's", "\x8a\x08\x01\0\0\0\0\0\0\x40", 2n ** 62n + 1n],
    ["floats", "G\xc0\x04\0\0\0\0\0\0", -2.5],
    ["text", "X\x03\0\0\0\xe2\x82\xac", "€"],
    ["text that begins with a byte order mark", "X\x04\0\0\0\xef\xbb\xbfa", "\ufeffa"],
    ["text of Python 2", "(U\x01aT\x01\0\0\0bt", ["a", "b"]],
    ["tuples of every length", "()K\x01\x85K\x01K\x02\x86K\x01K\x02K\x03\x87t", [[], [1], [1, 2], [1, 2, 3]]],
    ["lists", "](K\x01K\x02eK\x03a", [1, 2, 3]],
    ["dicts", "}K\x01Ns", new Map([[1, null]])],
    ["a dtype", global("torch", "float32"), { name: "torch.float32" }],
    ["a size", `${global("torch", "Size")}K\x02K\x03\x86\x85R`, [2, 3]],
    ["a device", `${global("torch", "device")}${text("cuda")}\x85R`, "cuda"],
  ])("are read: %s", (_, pickle, value) => {
    expect(load(proto, pickle, ".").value).toEqual(value);
  });

  it("are read from protocol 4, as Python writes it", () => {
    const name = (value: string) => `\x8c${String.fromCharCode(value.length)}${value}\x94`;
    const { value } = load(
      "\x80\x04\x95\x30\0\0\0\0\0\0\0",
      `${name("collections")}${name("OrderedDict")}\x93\x94)R\x94(${name("a")}K\x01${name("b")}h\x04u.`,
    );
    expect(value).toEqual(
      new Map<string, unknown>([
        ["a", 1],
        ["b", "a"],
      ]),
    );
  });

  it("may be shared", () => {
    const { value } = load(proto, "]q\0K\x01ah\0\x86.");
    const [first, second] = value as [unknown, unknown];
    expect(first).toEqual([1]);
    expect(second).toBe(first);
  });

  it("of tensors before PyTorch 0.4 are the same", () => {
    const old = tensor("K\x06\x85", "K\x01\x85")
      .replace("_v2", "")
      .replace(/\x89c.*\)R/s, "");
    expect(load(proto, old, ".").value).toMatchObject({ offset: 0, shape: [6], strides: [1] });
  });
});

it("is truncated wherever it is cut", () => {
  const whole = [proto, "}(", text("w"), tensor("K\x02K\x03\x86", "K\x03K\x01\x86"), "u."].join("");
  for (let length = 0; length < whole.length; length++) {
    expect(failure(whole.slice(0, length)).code, `${length} bytes`).toBe("truncated");
  }
});

describe("what a pickle may not do", () => {
  it.each<[string, readonly string[], string]>([
    ["run a command", [proto, global("posix", "system"), "(", text("true"), "tR."], "posix.system"],
    ["evaluate code", [proto, global("builtins", "eval"), "(", text("1"), "tR."], "builtins.eval"],
    ["name a global on the stack", ["\x80\x04", text("os"), text("system"), "\x93."], "os.system"],
    ["rebuild what is no tensor", [proto, global("argparse", "Namespace"), ")R."], "argparse.Namespace"],
    ["make an object", [proto, global("torch", "FloatStorage"), ")\x81."], "NEWOBJ 0x81"],
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
    ["put a list into itself", [proto, "]q\0h\0a."]],
    ["put a list into itself, with others", [proto, "]q\0(K\x01h\0e."]],
    ["put a dict into itself", [proto, "}q\0K\x01h\0s."]],
    ["put a list into a tuple in itself", [proto, "]q\0h\0\x85a."]],
    ["put a dict into a list in itself", [proto, "}q\0(K\x01]h\0au."]],
    ["change a list that is part of another", [proto, "]q\0]h\0ah\0K\x01a."]],
    ["change a tuple", [proto, "K\x01\x85K\x02a."]],
    ["append to a dict", [proto, "}K\x01a."]],
    ["set a key without a value", [proto, "}(K\x01u."]],
    ["reach below a mark", [proto, "](K\x01\x86."]],
    ["leave values over", [proto, "K\x01K\x02."]],
    ["leave a mark over", [proto, "(K\x01."]],
    ["ask for what was not remembered", [proto, "h\x05."]],
    ["name a global by numbers", ["\x80\x04", "K\x01K\x02\x93."]],
    ["name a global by lists in lists", ["\x80\x04", "]]]aa]\x93."]],
    ["hand over a list for a tuple", [proto, global("collections", "OrderedDict"), "]R."]],
    ["describe a size of texts", [proto, global("torch", "Size"), text("a"), "\x85\x85R."]],
    ["have a text of negative length", [proto, "T\xff\xff\xff\xff."]],
    ["have a name without an end", [proto, `c${"a".repeat(300)}`]],
    ["put back what a call was given, to fill it", [proto, global("torch", "Size"), "]\x85RK\x01a."]],
  ])("%s", (_, pickle) => {
    expect(failure(...pickle).code).toBe("notCheckpoint");
  });

  it.each<[string, string, string]>([
    ["of new formats", global("torch._utils", "_rebuild_tensor_v3"), "torch._utils._rebuild_tensor_v3"],
    ["that are sparse", global("torch._utils", "_rebuild_sparse_tensor"), "_rebuild_sparse_tensor"],
    ["of bytes without a type", global("torch.storage", "UntypedStorage"), "torch.storage.UntypedStorage"],
    ["of complex numbers", global("torch", "ComplexFloatStorage"), "torch.ComplexFloatStorage"],
  ])("bring tensors %s", (_, name, words) => {
    const error = failure(proto, name, ".");
    expect(error.code).toBe("unsupported");
    expect(error.message).toContain(words);
    expect(error.message).toContain("Save the weights as plain");
  });

  it("bring the negative of what is stored", () => {
    const negative = tensor("K\x06\x85", "K\x01\x85").replace(/tR$/, `}(${text("neg")}\x88utR`);
    expect(failure(proto, negative, ".").code).toBe("unsupported");
  });

  it("come from a later protocol", () => {
    expect(failure("\x80\x06N.")).toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("protocol 6"),
    });
  });

  it("use any instruction but the few that are known, each of which is named", () => {
    const unknown = Array.from({ length: 256 }, (_, code) => code).filter(
      (code) => !instructions.has(code) && code !== 0x2e,
    );
    expect(unknown.length).toBe(256 - 1 - instructions.size);
    for (const code of unknown) {
      const error = failure(proto, String.fromCharCode(code));
      expect(error.code).toBe("unsafe");
      expect(error.message).toContain(`0x${code.toString(16).padStart(2, "0")}`);
    }
  });

  it("be broken without saying at which instruction", () => {
    expect(failure(proto, "K\x01(K\x02e.").message).toContain("APPENDS has no list to add to");
    expect(failure(proto, "K\x01K\x02K\x03s.").message).toContain("SETITEM has no dict to add to");
  });

  it("nest or pile up without end", () => {
    expect(failure(proto, "(".repeat(1001)).message).toContain("MARK nests values more than 1000 deep");
    expect(failure(proto, "N".repeat(100_001)).message).toContain("NONE puts more than 100000 values");
    expect(failure(proto, "X\x01\0\x10\0", "a".repeat(2 ** 20 + 1), ".").message).toContain(
      "text of 1048577",
    );
  });

  it("be too deep to read: lists in lists are values like others", () => {
    const depth = 300_000;
    const { value } = load(proto, "]", "\x85".repeat(depth), ".");
    let levels = 0;
    for (let inner = value; Array.isArray(inner) && inner.length > 0; inner = inner[0]) levels++;
    expect(levels).toBe(depth);
  });

  it("do anything but end in a value or a typed error, whatever the instructions", () => {
    const codes = [...instructions.keys(), 0x2e];
    const pickles = fc.array(
      fc.oneof(
        fc.constantFrom(...codes).map((code) => String.fromCharCode(code)),
        fc.constantFrom(
          "]q\0",
          "h\0",
          "}q\x01",
          "h\x01",
          "K\x01",
          text("k"),
          "(",
          global("collections", "OrderedDict"),
          storage,
        ),
      ),
      { maxLength: 60 },
    );
    const property = fc.property(pickles, (parts) => {
      try {
        expect(containsItself(load(proto, ...parts, ".").value)).toBe(false);
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError);
      }
    });
    fc.assert(property, { numRuns: 5000 });
  });

  it("have no end, or too many instructions", () => {
    expect(failure(proto, "}").code).toBe("truncated");
    expect(failure(proto, "X\xff\xff\xff\x7fabc").code).toBe("truncated");
    expect(failure(proto, "(".repeat(1_000_001)).code).toBe("notCheckpoint");
    expect(failure(proto, "N", "q\0".repeat(1_000_000)).message).toContain("over 1000000 instructions");
  });
});

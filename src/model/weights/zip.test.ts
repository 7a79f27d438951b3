import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { bytesSource, type CheckpointSource } from "./source.ts";
import { CheckpointError } from "./tensorMap.ts";
import { type Member, zipOf } from "./zip.testing.ts";
import { readZipDirectory, readZipEntry } from "./zip.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const text = (value: string) => new TextEncoder().encode(value);
const members: readonly Member[] = [
  { name: "a/data.pkl", bytes: text("a pickle") },
  { name: "a/data/0", bytes: Uint8Array.from({ length: 1000 }, (_, i) => i) },
  { name: "a/data/1", bytes: new Uint8Array() },
  { name: "a/version", bytes: text("3\n") },
];

async function read(zip: Bytes, name: string): Promise<Bytes> {
  const source = bytesSource(zip);
  const entry = (await readZipDirectory(source)).get(name);
  if (!entry) throw new Error(`There is no ${name}.`);
  return readZipEntry(source, entry);
}

const failure = (zip: Bytes, name: string) =>
  read(zip, name).then(
    () => new Error("It was read."),
    (error: unknown) => error,
  );

describe.each<[string, Bytes]>([
  ["as PyTorch writes it", zipOf(members)],
  ["in 64 bits", zipOf(members, true)],
  [
    "as other writers write it, compressed",
    zipSync(Object.fromEntries(members.map(({ name, bytes }) => [name, bytes]))) as Bytes,
  ],
])("a zip %s", (_, zip) => {
  it("gives each member's content", async () => {
    for (const { name, bytes } of members) expect(await read(zip, name), name).toEqual(bytes);
  });

  it("is damaged where a bit of a member's content is flipped", async () => {
    const property = fc.asyncProperty(fc.nat(), fc.nat({ max: 7 }), async (picked, bit) => {
      // Stored content is found by its bytes; compressed, by the headers around it.
      const start = indexOf(zip, text("a/data/0")) + "a/data/0".length;
      const end = indexOf(zip, text("a/data/1"));
      const bytes = zip.slice();
      const at = start + (picked % (end - start));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      const outcome = await read(bytes, "a/data/0").catch((error: unknown) => error);
      // Padding and descriptors mean nothing here. What is read is right, or is not read.
      if (outcome instanceof CheckpointError) expect(["damaged", "notCheckpoint"]).toContain(outcome.code);
      else expect(outcome).toEqual(members[1]?.bytes);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe("the checksum of a member", () => {
  const content = text("weights that were once right");

  it("says that the member is damaged, by its name, with the next step", async () => {
    const zip = zipOf([{ name: "a/data/7", bytes: content, crc32: 0x1234 }]);
    expect(await failure(zip, "a/data/7")).toMatchObject({
      code: "damaged",
      message: expect.stringMatching(/a\/data\/7 .*checksum.* Fetch or copy the file again/),
    });
  });

  it("is none where it is 0, which PyTorch writes when told to compute none", async () => {
    expect(await read(zipOf([{ name: "a/data/7", bytes: content, crc32: 0 }]), "a/data/7")).toEqual(content);
  });
});

describe("the place of a member", () => {
  it("may not overlap another member or the directory, so that no few bytes can pose as many", async () => {
    const [pickle, data] = members as [Member, Member];
    const first = (await readZipDirectory(bytesSource(zipOf(members)))).get(data.name);
    const twice = zipOf([pickle, data, { ...data, name: "a/data/again", offset: first?.offset ?? 0 }]);
    const inside = zipOf([
      pickle,
      data,
      { ...data, name: "a/data/again", offset: (first?.offset ?? 0) + 100 },
    ]);
    const behind = zipOf([pickle, { ...data, offset: zipOf([pickle, data]).length - 50 }]);
    for (const zip of [twice, inside, behind]) {
      expect(await failure(zip, "a/data/0")).toMatchObject({
        code: "notCheckpoint",
        message: expect.stringContaining("overlaps what follows"),
      });
    }
  });

  it("may not overlap by the length of its local header alone", async () => {
    const zip = zipOf(members);
    const local = indexOf(zip, text("a/data/0")) - 30;
    new DataView(zip.buffer).setUint16(local + 28, 2000, true);
    expect(await failure(zip, "a/data/0")).toMatchObject({
      code: "notCheckpoint",
      message: expect.stringContaining("overlaps what follows"),
    });
  });

  it("is sought in the directory alone: the bytes between members are never read", async () => {
    const zip = zipOf(members);
    let most = 0;
    const source: CheckpointSource = {
      size: zip.length,
      slice: async (start, end) => {
        most = Math.max(most, end - start);
        return zip.subarray(start, end);
      },
    };
    const entries = await readZipDirectory(source);
    most = 0;
    for (const entry of entries.values()) await readZipEntry(source, entry);
    expect(most).toBe(1000);
  });
});

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  return bytes.findIndex((_, at) => part.every((value, i) => bytes[at + i] === value));
}

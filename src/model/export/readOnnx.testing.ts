/** @file Reads back what the tests want to know of an ONNX file, by field numbers of onnx.proto: for tests only. */

interface ReadNode {
  readonly name: string;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

interface ReadModel {
  readonly irVersion: number;
  readonly opset: number;
  readonly name: string;
  readonly nodes: readonly ReadNode[];
  readonly initialisers: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array }
  >;
  /** Name and axes of the graph's inputs and outputs; an axis of any size has a name. */
  readonly inputs: readonly (readonly [string, ...(number | string)[]])[];
  readonly outputs: readonly (readonly [string, ...(number | string)[]])[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** @throws Error if a length leads out of the file or a wire type is not one that the writer uses. */
export function readOnnx(file: Uint8Array): ReadModel {
  const model = fieldsOf(file);
  const graph = model.message(7);
  return {
    irVersion: model.number(1),
    opset: model.message(8).number(2),
    name: graph.text(2),
    nodes: graph.messages(1).map((node) => ({
      name: node.text(3),
      opType: node.text(4),
      inputs: node.texts(1),
      outputs: node.texts(2),
    })),
    initialisers: new Map(
      graph.messages(5).map((tensor) => [
        tensor.text(8),
        // Copied, since a tensor may begin anywhere in the file.
        { shape: tensor.numbers(1), data: new Float32Array(tensor.bytes(9).slice().buffer) },
      ]),
    ),
    inputs: graph.messages(11).map(readValue),
    outputs: graph.messages(12).map(readValue),
    metadata: Object.fromEntries(model.messages(14).map((entry) => [entry.text(1), entry.text(2)])),
  };
}

function readValue(value: Fields): readonly [string, ...(number | string)[]] {
  const axes = value.message(2).message(1).message(2).messages(1);
  return [value.text(1), ...axes.map((axis) => axis.numbers(1)[0] ?? axis.text(2))];
}

/** The fields of one message, by number. */
class Fields {
  readonly #values: ReadonlyMap<number, readonly (number | Uint8Array)[]>;
  constructor(values: ReadonlyMap<number, readonly (number | Uint8Array)[]>) {
    this.#values = values;
  }
  numbers = (field: number) => (this.#values.get(field) ?? []).filter((value) => typeof value === "number");
  blobs = (field: number) => (this.#values.get(field) ?? []).filter((value) => value instanceof Uint8Array);
  number = (field: number) => this.numbers(field)[0] ?? Number.NaN;
  bytes = (field: number) => this.blobs(field)[0] ?? new Uint8Array();
  texts = (field: number) => this.blobs(field).map((blob) => new TextDecoder().decode(blob));
  text = (field: number) => this.texts(field)[0] ?? "";
  messages = (field: number) => this.blobs(field).map(fieldsOf);
  message = (field: number) => fieldsOf(this.bytes(field));
}

function fieldsOf(source: Uint8Array): Fields {
  const values = new Map<number, (number | Uint8Array)[]>();
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  const varint = (): number => {
    const byte = view.getUint8(at++);
    return byte < 128 ? byte : byte - 128 + 128 * varint();
  };
  const value = (wireType: number): number | Uint8Array => {
    switch (wireType) {
      case 0:
        return varint();
      case 2: {
        const length = varint();
        at += length;
        if (at > source.length) throw new Error(`A field of ${length} bytes leads out of its message.`);
        return source.subarray(at - length, at);
      }
      case 5:
        at += 4;
        return view.getFloat32(at - 4, true);
      default:
        throw new Error(`Wire type ${wireType}`);
    }
  };
  while (at < source.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const list = values.get(field) ?? [];
    list.push(value(tag % 8));
    values.set(field, list);
  }
  return new Fields(values);
}

/**
 * @file The messages of an ONNX file that an exported network uses.
 * Field numbers from onnx.proto (github.com/onnx/onnx), IR version 9.
 */
import { bytes, float, integer, message, type Part, text } from "./protobuf.ts";

/** 9 goes with opset 20 (ONNX 1.15, November 2023; ONNX Runtime 1.17). */
const irVersion = 9;

/** `AttributeProto.AttributeType`. */
const attributeType = { float: 1, int: 2, ints: 7 } as const;

/** `TensorProto.DataType.FLOAT`. */
const floatData = 1;

/** Whole numbers make `int` and `ints` attributes, `float` is said to be one. */
export type Attribute = number | readonly number[] | { readonly float: number };

export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

/** A float tensor, row-major. */
export interface Initialiser {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A float tensor that goes into the network or comes out of it; an axis with a name has any size. */
export interface ValueInfo {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface OnnxModel {
  readonly name: string;
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly initialisers: readonly Initialiser[];
  readonly input: ValueInfo;
  readonly output: ValueInfo;
  readonly metadata: Readonly<Record<string, string>>;
}

/** `ModelProto`. */
export function modelParts(model: OnnxModel): readonly Part[] {
  const graph = [
    ...model.nodes.map((node) => message(1, nodeParts(node))),
    text(2, model.name),
    ...model.initialisers.map((initialiser) => message(5, tensorParts(initialiser))),
    message(11, valueParts(model.input)),
    message(12, valueParts(model.output)),
  ];
  return [
    integer(1, irVersion),
    text(2, "inceptionnext-explorer"),
    message(7, graph),
    // The default operator set has the empty domain.
    message(8, [text(1, ""), integer(2, model.opset)]),
    ...Object.entries(model.metadata).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ];
}

function nodeParts({ name, opType, inputs, outputs, attributes = {} }: OnnxNode): readonly Part[] {
  return [
    ...inputs.map((input) => text(1, input)),
    ...outputs.map((output) => text(2, output)),
    text(3, name),
    text(4, opType),
    ...Object.entries(attributes).map(([key, value]) => message(5, attributeParts(key, value))),
  ];
}

function attributeParts(name: string, value: Attribute): readonly Part[] {
  if (typeof value === "number") return [text(1, name), integer(3, value), integer(20, attributeType.int)];
  if ("float" in value) return [text(1, name), float(2, value.float), integer(20, attributeType.float)];
  return [text(1, name), ...value.map((each) => integer(8, each)), integer(20, attributeType.ints)];
}

function tensorParts({ name, shape, data }: Initialiser): readonly Part[] {
  // ONNX stores little-endian, as every platform that runs JavaScript does.
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [...shape.map((size) => integer(1, size)), integer(2, floatData), text(8, name), bytes(9, raw)];
}

function valueParts({ name, shape }: ValueInfo): readonly Part[] {
  const dims = shape.map((size) => message(1, [typeof size === "number" ? integer(1, size) : text(2, size)]));
  const tensorType = [integer(1, floatData), message(2, dims)];
  return [text(1, name), message(2, [message(1, tensorType)])];
}

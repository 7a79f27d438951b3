/** @file Shows that a visit holds its own state: importing a file of `src/app` makes no store. Only the entry starts a visit. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseSync } from "vite";
import { expect, it } from "vitest";

const app = resolve(import.meta.dirname, "../src/app");
const entry = "main.tsx";
/** Zustand's two, and this project's own, as `createBoardStore` or `createSession`. */
const makesStore = /^create(\w*Store|Session|Camera)?$/;

it("no file of src/app makes a store when it is imported", () => {
  const all = readdirSync(app, { recursive: true, encoding: "utf8" });
  const files = all.filter((file) => /\.tsx?$/.test(file) && file !== entry);
  const found = files.flatMap((file) =>
    storesAtImport(file, readFileSync(join(app, file), "utf8")).map((name) => `${file}: ${name}`),
  );
  expect(files).toContain(join("notices", "noticeStore.ts"));
  expect(found).toEqual([]);
});

it.each([
  ["const store = createStore<State>()(() => ({ notices: [] }));", ["createStore"]],
  ["export const useThing = create((set) => ({ set }));", ["create"]],
  ["export const all = { deep: [createNoticeStore()] };", ["createNoticeStore"]],
  ["class Parts { static store = vanilla.createStore(() => 1); }", ["createStore"]],
  ["export const make = () => createStore<State>()(() => 1);", []],
  ["export function make() { return createStore(() => createBoardStore(persistence)); }", []],
  ["class Parts { store() { return createStore(() => 1); } }", []],
])("sees what is made at import, and not what a call makes: %s", (text, found) => {
  expect(storesAtImport("example.ts", text)).toEqual(found);
});

/** The names of the calls outside of every function that make a store. */
function storesAtImport(file: string, text: string): readonly string[] {
  const { errors, program } = parseSync(basename(file), text);
  expect(errors).toEqual([]);
  return callsIn(program).filter((name) => makesStore.test(name));
}

/** The names of what is called in a syntax tree (ESTree), outside of its functions. */
function callsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(callsIn);
  if (typeof node !== "object" || node === null) return [];
  const { type, callee } = node as { readonly type?: string; readonly callee?: Callee };
  if (type && /^(Arrow)?Function/.test(type)) return [];
  const inner = Object.values(node).flatMap(callsIn);
  const name = type === "CallExpression" ? (callee?.name ?? callee?.property?.name) : undefined;
  return name === undefined ? inner : [name, ...inner];
}

/** A function by its name, or as the property of an object. */
interface Callee {
  readonly name?: string;
  readonly property?: { readonly name?: string };
}

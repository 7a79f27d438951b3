/** @file Reads what a person pastes or opens for the board: JSON of one network or of several, or links. */
import { decodeArchitecture } from "../../model/architecture/link.ts";
import { ArchitectureError, type Issue, type Parsed } from "../../model/architecture/schema.ts";
import { type AnyNetwork, isFixed, parseNetwork } from "../../model/graph/network.ts";

/** Never throws; what is wrong with any of them comes back as issues. */
export function readNetworks(text: string): Parsed<readonly AnyNetwork[]> {
  const links = [...text.matchAll(/#a=([^&\s]+)/g)].flatMap(([, link]) => link ?? []);
  return links.length > 0 ? readLinks(links) : readJson(text);
}

/** JSON that `readNetworks` takes; the network's name is what the board calls it. */
export function networkToJson(network: AnyNetwork, name: string): string {
  return JSON.stringify(isFixed(network) ? network : { ...network, name }, null, 2);
}

function readLinks(links: readonly string[]): Parsed<readonly AnyNetwork[]> {
  try {
    return { ok: true, value: links.map(decodeArchitecture) };
  } catch (error) {
    if (error instanceof ArchitectureError) return { ok: false, issues: error.issues };
    return failed({ path: "", message: "It cannot be read" });
  }
}

function readJson(text: string): Parsed<readonly AnyNetwork[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed({ path: "", message: `Not JSON: ${(error as Error).message}` });
  }
  const isList = Array.isArray(json);
  const all = isList ? (json as readonly unknown[]) : [json];
  const parsed = all.map(parseNetwork);
  const issues = parsed.flatMap((one, index) =>
    one.ok ? [] : one.issues.map((issue) => (isList ? inList(issue, index) : issue)),
  );
  if (issues.length > 0) return failed(...issues);
  if (parsed.length === 0) return failed({ path: "", message: "The list is empty" });
  return { ok: true, value: parsed.flatMap((one) => (one.ok ? [one.value] : [])) };
}

function inList({ path, message }: Issue, index: number): Issue {
  return { path: path ? `[${index}].${path}` : `[${index}]`, message };
}

function failed(...issues: readonly Issue[]): { readonly ok: false; readonly issues: readonly Issue[] } {
  return { ok: false, issues };
}

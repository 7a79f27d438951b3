import { beforeEach, describe, expect, it } from "vitest";
import type { EngineErrorCode } from "../../model/runtime/errors.ts";
import { createEngineStore } from "../engine/engineStore.ts";
import { createNoticeStore, type NoticeStore } from "../notices/noticeStore.ts";
import { tellNews, withdrawNews } from "./news.ts";

const problem = (code: EngineErrorCode) => ({ code, message: `It is ${code}.` });
let notices: NoticeStore;
const calls: string[] = [];
const client = {
  retry: () => void calls.push("retry"),
  setBackend: (choice: string) => void calls.push(choice),
};

beforeEach(() => {
  calls.length = 0;
  notices = createNoticeStore();
});

const shown = () => notices.getState().notices;

describe("news from the engine", () => {
  it("of a restart says why and that nothing is lost, and asks for nothing", () => {
    tellNews(notices, { kind: "restarted", problem: problem("deviceLost") }, client, "webgpu");
    expect(shown()).toMatchObject([
      { tone: "news", title: "The graphics device was lost, so it was started afresh" },
    ]);
    expect(shown()[0]?.text).toContain("nothing that you edited is lost");
    expect(shown()[0]?.actions).toBeUndefined();
  });

  it.each([
    ["webgpu", "outOfMemory", ["Try again", "Run in WebAssembly"], ["retry", "wasm"]],
    ["wasm", "failed", ["Try again", "Run in plain JavaScript"], ["retry", "cpu"]],
    ["cpu", "failed", ["Try again"], ["retry"]],
    ["webgpu", "overLimits", ["Try again"], ["retry"]],
  ] as const)("of a failure on %s (%s) offers what may help", (running, code, labels, effects) => {
    tellNews(notices, { kind: "failed", problem: problem(code) }, client, running);
    const actions = shown()[0]?.actions ?? [];
    expect(actions.map(({ label }) => label)).toEqual(labels);
    for (const { run } of actions) run();
    expect(calls).toEqual(effects);
    expect(shown()[0]).toMatchObject({ tone: "problem" });
  });

  it("of a failure goes when the network runs again", () => {
    const engine = createEngineStore();
    withdrawNews(notices, engine);
    tellNews(notices, { kind: "failed", problem: problem("failed") }, client, "wasm");
    engine.setState({ status: "failed", failure: problem("failed") });
    expect(shown()).toHaveLength(1);
    engine.setState({ status: "building", failure: undefined });
    expect(shown()).toEqual([]);
  });

  it("of an engine replaces what was said of it before", () => {
    tellNews(notices, { kind: "restarted", problem: problem("outOfMemory") }, client, "wasm");
    tellNews(notices, { kind: "failed", problem: problem("outOfMemory") }, client, "wasm");
    expect(shown()).toHaveLength(1);
  });
});

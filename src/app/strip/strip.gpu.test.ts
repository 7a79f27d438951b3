/** @file The totals as React draws them: what draws them again, and when. In a browser, by React's profiler. */
import { createElement, Profiler } from "react";
import { jsx } from "react/jsx-runtime";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createEngineStore, type WritableEngineStore } from "../engine/engineStore.ts";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { createNoticeStore } from "../notices/noticeStore.ts";
import { memorySite } from "../persistence/memory.testing.ts";
import { SessionProvider } from "../session/react.tsx";
import { createSession, type Session } from "../session/session.ts";
import { Strip } from "./Strip.tsx";

let root: Root;
let session: Session;
let engine: WritableEngineStore;
const onRender = vi.fn();
const totals = () => document.querySelector("footer")?.textContent ?? "";

beforeEach(async () => {
  engine = createEngineStore();
  const started = createSession({
    architecture: attoArchitecture,
    baseline: attoArchitecture,
    persistence: await memorySite().open(),
    notices: createNoticeStore(),
  });
  session = { ...started, engine };
  root = createRoot(document.body.appendChild(document.createElement("div")));
  const strip = createElement(Profiler, { id: "strip", onRender }, createElement(Strip));
  root.render(jsx(SessionProvider, { session, children: strip }));
  await vi.waitFor(() => expect(totals()).toContain("4.16"));
  onRender.mockClear();
});

afterEach(() => root.unmount());

it("are not drawn again by the progress of a task", () => {
  for (const done of [0.2, 0.4, 0.6]) {
    flushSync(() => engine.setState({ task: { kind: "measure", what: "Round", done } }));
  }
  expect(onRender).not.toHaveBeenCalled();
  flushSync(() => engine.setState({ accuracies: [] }));
  expect(onRender).toHaveBeenCalledTimes(1);
});

it("follow an edit a moment later, so that the knob never waits for them", async () => {
  const before = totals();
  flushSync(() => session.editor.getState().edit("stages[2].depth", 8));
  expect(totals()).toBe(before);
  await vi.waitFor(() => expect(totals()).toContain("4.57"));
});

/** @file What the engine client has to tell, as notices. */

import type { BackendName } from "../../model/runtime/backends.ts";
import type { EngineErrorCode } from "../../model/runtime/errors.ts";
import type { EngineClient } from "../engine/client.ts";
import type { EngineStore, TaskKind } from "../engine/engineStore.ts";
import type { EngineNews } from "../engine/news.ts";
import type { Notice, NoticeStore } from "../notices/noticeStore.ts";

/** What happened, before "the network was rebuilt". */
const lost: Partial<Record<EngineErrorCode, string>> = {
  deviceLost: "The graphics device was lost",
  outOfMemory: "The device ran out of memory",
};

const tasks: Record<TaskKind, string> = {
  measure: "The measurement did not finish",
  compare: "The networks were not measured",
  profile: "The profile did not finish",
  sweep: "The sweep did not finish; the points that are done are kept",
  accuracy: "The accuracy was not measured",
  verify: "The kernels were not checked",
  published: "The published check did not finish",
};

/** Shows a piece of news; `running` is the backend that it happened on. */
export function tellNews(
  notices: NoticeStore,
  news: EngineNews,
  client: Pick<EngineClient, "retry" | "setBackend">,
  running: BackendName | undefined,
): void {
  notices.show(noticeOf(news, client, running));
}

/** Takes back that the network did not run, and the ways out of that, as soon as it does. */
export function withdrawNews(notices: NoticeStore, engine: EngineStore): void {
  engine.subscribe(({ failure }, before) => {
    if (before.failure && !failure) notices.dismiss("engine");
  });
}

function noticeOf(
  news: EngineNews,
  client: Pick<EngineClient, "retry" | "setBackend">,
  running: BackendName | undefined,
): Notice {
  const { problem } = news;
  switch (news.kind) {
    case "restarted":
      return {
        kind: "engine",
        tone: "news",
        title: `${lost[problem.code] ?? "The engine stopped"}, so it was started afresh`,
        text: `The present network is being rebuilt; nothing that you edited is lost. (${problem.message})`,
      };
    case "backendRefused":
      return {
        kind: "backend",
        tone: "problem",
        title: `The backend ${news.choice} did not start`,
        text: `${problem.message} The automatic choice runs instead.`,
      };
    case "weightsLost":
      return {
        kind: "weights",
        tone: "problem",
        title: "The weights could not be loaded again after the restart",
        text: `${problem.message} The network runs untrained until you load others.`,
      };
    case "failed":
      return {
        kind: "engine",
        tone: "problem",
        title:
          problem.code === "overLimits"
            ? "This network does not fit this device"
            : "This network did not run",
        text: `${problem.message} Your edits are kept: undo the last one, or try again.`,
        actions: [
          { label: "Try again", run: () => client.retry() },
          ...wayOut(problem.code, running).map(({ label, choice }) => ({
            label,
            run: () => client.setBackend(choice),
          })),
        ],
      };
    case "taskFailed":
      return { kind: news.task, tone: "problem", title: tasks[news.task], text: problem.message };
    default:
      return news satisfies never;
  }
}

/** A slower backend may run what this one did not; none helps a network that is too large. */
function wayOut(
  code: EngineErrorCode,
  running: BackendName | undefined,
): readonly { readonly label: string; readonly choice: BackendName }[] {
  if (code === "overLimits" || running === "cpu") return [];
  return running === "webgpu"
    ? [{ label: "Run in WebAssembly", choice: "wasm" }]
    : [{ label: "Run in plain JavaScript", choice: "cpu" }];
}

import { expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth, emptyMeasurement } from "../engine/fakeEngine.testing.ts";
import { createNoticeStore } from "../notices/noticeStore.ts";
import { memorySite } from "../persistence/memory.testing.ts";
import { createRunStore, shownRecord } from "../runs/runStore.ts";
import { ownerOf } from "../session/own.ts";
import { createBoardStore } from "./boardStore.ts";
import { kernelsFor, measureBoard, wantedVariants } from "./measureBoard.ts";

const atto = { id: "a", name: "A", network: attoArchitecture };
const deep = { id: "d", name: "D", network: attoOfDepth(9) };
const fixed = { id: "f", name: "F", network: resnet50 };

it("measures the ticked networks, all where none is ticked", () => {
  expect(wantedVariants([atto, deep, fixed], ["d", "gone"])).toEqual([deep]);
  expect(wantedVariants([atto, deep], ["gone"])).toEqual([atto, deep]);
});

it("asks for the kernels that the backend has", () => {
  expect(kernelsFor("fastest", "webgpu")).toBeUndefined();
  expect(kernelsFor("stock", "webgpu")).toEqual(["stock"]);
  expect(kernelsFor("all", "webgpu")).toEqual(["fused", "folded", "stock"]);
  expect(kernelsFor("all", "cpu")).toEqual(["folded", "stock"]);
});

it("keeps the run with the networks that it was of, and nothing of a run that was cancelled", async () => {
  const own = ownerOf(await memorySite().open(), createNoticeStore());
  const board = own(createBoardStore);
  const records = own(createRunStore);
  const settings = { batch: 4, runs: 3, warmup: 2 };
  const result = { name: "A", kernels: "fused", dispatches: 9, samplesMs: [3, 4, 5] } as const;
  const coldStart = { buildMs: 1, firstMs: 2, compiled: 0 };
  const summary = { batch: 4, runs: 3, medianMs: 4, p90Ms: 5, p95Ms: 5, p99Ms: 5, imagesPerSecond: 1000 };
  const measurement = {
    ...emptyMeasurement,
    settings,
    results: [{ ...summary, ...result, coldStart }],
    discarded: { hidden: 1, busy: 2 },
  };
  const run = { variants: [atto], batch: 4, runs: 3, kernels: undefined };
  board.fill([{ network: attoArchitecture }]);
  expect(board.getState().isNew).toBe(true);
  await measureBoard({ client: { tasks: { compare: () => Promise.resolve(undefined) } }, own }, run);
  board.fill([{ network: attoOfDepth(9) }]);
  expect(board.getState().variants.map(({ network }) => network)).toEqual([attoArchitecture]);
  expect(shownRecord(records.getState())).toBeUndefined();
  const requests: unknown[] = [];
  const compare = (request: unknown) => {
    requests.push(request);
    return Promise.resolve(measurement);
  };
  await measureBoard({ client: { tasks: { compare } }, own }, run);
  expect(requests).toEqual([{ ...settings, variants: [{ name: "A", architecture: attoArchitecture }] }]);
  expect(shownRecord(records.getState())).toMatchObject({
    settings,
    discarded: { hidden: 1, busy: 2 },
    variants: [{ name: "A", network: attoArchitecture, samplesMs: [3, 4, 5], coldStart }],
  });
});

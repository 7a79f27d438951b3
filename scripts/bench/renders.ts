/**
 * @file `npm run bench:renders -- [--rounds N]`: what React draws while a knob is dragged and while a task reports its
 * progress, by its own profiler. Prints a table and saves it in docs/benchmarks/.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright";
import { preview } from "vite";
import { median } from "../../src/model/benchmark/statistics.ts";
import { browserFlags, findBrowser } from "../browser.ts";
import { buildProfiled, type Notes, type PartName, parts } from "./profiled.ts";
import { conditions, save, table } from "./report.ts";

declare global {
  interface Window {
    notes: Notes;
  }
}

const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });
const rounds = Number(values.rounds);
/** Moves of the pointer in a drag, there and back. */
const moves = 120;
const names = Object.keys(parts) as PartName[];

interface Drawn {
  readonly frames: number;
  /** Of the longest task; 0 where none took 50. */
  readonly longestMs: number;
  readonly commits: Readonly<Record<PartName, number>>;
  readonly ms: Readonly<Record<PartName, number>>;
}

const before = conditions();
const outDir = mkdtempSync(join(tmpdir(), "renders-"));
await buildProfiled(outDir);
const server = await preview({ build: { outDir }, preview: { port: 0, host: "127.0.0.1" } });
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: browserFlags({ softwareGpu: true }),
});
/** What is done meanwhile. */
const doings = { "a drag": drag, "a measurement": measureOnce };
const drawn: Record<keyof typeof doings, Drawn[]> = { "a drag": [], "a measurement": [] };
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.route("https://huggingface.co/**", (route) => route.abort());
  await page.goto(`${server.resolvedUrls?.local[0]}?backend=wasm`);
  await page.getByRole("contentinfo").getByText("pretrained").waitFor();
  for (let round = 0; round < rounds; round += 1) {
    drawn["a drag"].push(await drawnBy(page, drag));
    drawn["a measurement"].push(await drawnBy(page, measureOnce));
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(outDir, { recursive: true });
}
const report = {
  ...before,
  load_after: conditions().load,
  browser: `Chromium ${browser.version()}`,
  rounds,
  moves,
  drawn,
};
save("renders", report, markdown(report));
console.log(markdown(report));

async function drawnBy(page: Page, doing: (page: Page) => Promise<void>): Promise<Drawn> {
  await page.evaluate(() => Object.assign(window.notes, { commits: [], held: [], frames: 0 }));
  await doing(page);
  const { commits, held, frames } = await page.evaluate(() => window.notes);
  const sum = (figure: (commit: Notes["commits"][number]) => number) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        commits.filter(({ part }) => part === name).reduce((total, commit) => total + figure(commit), 0),
      ]),
    ) as Record<PartName, number>;
  return { frames, longestMs: Math.max(0, ...held), commits: sum(() => 1), ms: sum(({ ms }) => ms) };
}

/** Drags the branch ratio of stage 3 from end to end and back, and waits for the network that it ends with. */
async function drag(page: Page): Promise<void> {
  const canvas = page.getByRole("region", { name: "Network", exact: true });
  const slider = canvas.getByRole("slider", { name: "Branch ratio of stage 3" });
  const box = await slider.boundingBox();
  if (!box) throw new Error("The slider is not in sight.");
  const y = box.y + box.height / 2;
  const at = (share: number) => box.x + 8 + share * (box.width - 16);
  await page.mouse.move(at(0.75), y);
  await page.mouse.down();
  for (let move = 1; move <= moves; move += 1) {
    await page.mouse.move(at((1 + Math.cos((2 * Math.PI * move) / moves)) / 2), y);
  }
  await page.mouse.up();
  await predicted(page);
}

/** Measures the present network, which reports its progress round by round. */
async function measureOnce(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Measure" }).click();
  await page.getByRole("button", { name: "Measure", exact: true }).click();
  const progress = page.getByRole("progressbar", { name: "Measuring" });
  await progress.waitFor();
  await progress.waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "Inspect" }).click();
}

/** Waits until what is predicted is of the network on the canvas. */
async function predicted(page: Page): Promise<void> {
  await page.getByRole("contentinfo").getByText("not run yet").waitFor({ state: "detached" });
}

function markdown({ date, browser: version, cpu, cores, load, load_after, ...given }: typeof report): string {
  const of = (all: readonly Drawn[], figure: (one: Drawn) => number) => median(all.map(figure));
  return [
    "# What React draws",
    "",
    `${date}. ${version} on ${cores} cores of ${cpu}.`,
    `Load average ${load.toFixed(1)} before, ${load_after.toFixed(1)} after. Written by \`npm run bench:renders\`.`,
    "",
    `InceptionNeXt-Y on the canvas, 1440 x 900. A drag of a slider is ${given.moves} moves of the pointer; a measurement reports its progress. Medians of ${given.rounds} rounds; commits and milliseconds by React's profiler, in a build for profiling.`,
    "",
    table(
      ["while", "part", "commits", "commits a frame", "ms in all", "ms a commit"],
      Object.entries(given.drawn).flatMap(([doing, all]) =>
        names.map((name) => [
          doing,
          name,
          String(of(all, ({ commits }) => commits[name])),
          of(all, ({ commits, frames }) => commits[name] / frames).toFixed(2),
          of(all, ({ ms }) => ms[name]).toFixed(1),
          of(all, ({ ms, commits }) => ms[name] / Math.max(1, commits[name])).toFixed(2),
        ]),
      ),
    ),
    "",
    ...Object.entries(given.drawn).map(
      ([doing, all]) =>
        `The longest task of the page's thread in ${doing}: ${longest(of(all, ({ longestMs }) => longestMs))}.`,
    ),
    "",
  ].join("\n");
}

function longest(ms: number): string {
  return ms === 0 ? "under 50 ms" : `${ms.toFixed(0)} ms`;
}

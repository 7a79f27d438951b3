/**
 * @file Downloads a checkpoint: streamed with progress, hashed as it arrives, resumed where it was cut off.
 *
 * GET only, without referrer or cookies. A resumed request goes to the original address again, since a hub redirects to
 * addresses that expire. The bytes are in memory once: the buffer is made as large as announced, and hashing needs none.
 */
import { type Downloaded, type Expected, nameOf, Receiver } from "./receiver.ts";
import { CheckpointError } from "./tensorMap.ts";
import { Watchdog } from "./watchdog.ts";

/** Bytes so far, and in all where that is known. */
export type OnReceived = (received: number, total: number | undefined) => void;

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  readonly onReceived?: OnReceived;
  readonly patience?: Patience;
}

/** How long to put up with a server. */
export interface Patience {
  /** Requests in a row that bring nothing before giving up. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one. A `Retry-After` up to `longestWait` comes first. */
  readonly backOff: number;
  readonly longestWait: number;
  /** Milliseconds without a byte after which a request is given up. */
  readonly stall: number;
}

const defaultPatience: Patience = { attempts: 4, backOff: 500, longestWait: 30_000, stall: 10_000 };

/** Where there is no answer at all, once more is enough: the first failure may have been an accident. */
const unansweredAttempts = 2;

/**
 * @throws CheckpointError `offline`, `unavailable`, `refused`, `notFound`, `truncated`, `wrongHash` or `unsupported` (too
 * large for this machine); the reason of `signal` once that is aborted.
 */
export async function download(
  url: string,
  expected: Expected,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const { signal, onReceived, patience = defaultPatience } = options;
  const file = new Receiver(url, expected);
  let failures = 0;
  // The most that there ever was: a server that begins anew each time would bring something each time, and never fail.
  let furthest = 0;
  for (;;) {
    signal?.throwIfAborted();
    const outcome = await attempt(url, file, patience.stall, signal, onReceived);
    if (outcome.kind === "done") return file.finish();
    signal?.throwIfAborted();
    failures = file.received > furthest ? 1 : failures + 1;
    furthest = Math.max(furthest, file.received);
    const isUnanswered = outcome.kind === "unanswered" && file.received === 0;
    if (isUnanswered && (failures >= unansweredAttempts || globalThis.navigator?.onLine === false)) {
      const isForbidden = !outcome.stalled && (await answersWithoutPermission(url, patience.stall, signal));
      signal?.throwIfAborted();
      throw isForbidden ? forbidden(url) : giveUp(url, outcome, 0);
    }
    if (failures >= patience.attempts) throw giveUp(url, outcome, file.received);
    const wait = Math.min(outcome.retryAfter ?? patience.backOff * 2 ** (failures - 1), patience.longestWait);
    await sleep(wait, signal);
  }
}

type Outcome =
  | { readonly kind: "done" }
  /** The network failed, or nothing came for too long: before the answer began, or within it. */
  | { readonly kind: "unanswered" | "cut"; readonly stalled: boolean; readonly retryAfter?: undefined }
  /** The server asks to come again. */
  | { readonly kind: "busy"; readonly status: number; readonly retryAfter: number | undefined };

type Failure = Exclude<Outcome, { readonly kind: "done" }>;

async function attempt(
  url: string,
  file: Receiver,
  stall: number,
  signal: AbortSignal | undefined,
  onReceived: OnReceived | undefined,
): Promise<Outcome> {
  const watchdog = new Watchdog(stall, signal);
  let hasAnswered = false;
  try {
    const response = await onNetwork(request(url, watchdog.signal, file.received));
    hasAnswered = true;
    watchdog.reset();
    const { status } = response;
    if (status === 429 || status === 408 || status >= 500) {
      await onNetwork(response.body?.cancel());
      return { kind: "busy", status, retryAfter: retryAfter(response) };
    }
    if (status !== 200 && status !== 206) {
      await onNetwork(response.body?.cancel());
      throw refusal(url, status);
    }
    if (!file.begin(response)) return { kind: "cut", stalled: false };
    onReceived?.(file.received, file.total);
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await onNetwork(reader?.read())) ?? { done: true, value: undefined };
      if (done) break;
      watchdog.reset();
      file.add(value);
      onReceived?.(file.received, file.total);
    }
    return file.isWhole() ? { kind: "done" } : { kind: "cut", stalled: false };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { kind: hasAnswered ? "cut" : "unanswered", stalled: watchdog.expired };
  } finally {
    watchdog.stop();
  }
}

/** Apart from what this code or its caller throws: fetch and the stream throw TypeErrors without a code. */
class NetworkError extends Error {}

async function onNetwork<T>(answer: T): Promise<Awaited<T>> {
  try {
    return await answer;
  } catch (cause) {
    throw new NetworkError("The network failed.", { cause });
  }
}

function request(url: string, signal: AbortSignal, from: number): Promise<Response> {
  return fetch(url, {
    signal,
    referrerPolicy: "no-referrer",
    credentials: "omit",
    // A copy in the browser's own cache would only take the disk twice.
    cache: "no-store",
    ...(from > 0 && { headers: { Range: `bytes=${from}-` } }),
  });
}

/**
 * A page cannot tell a missing network from an answer without CORS headers (as hubs give for a wrong name). A request that
 * does not ask to read the answer can: it succeeds where there is a server.
 */
async function answersWithoutPermission(
  url: string,
  stall: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const watchdog = new Watchdog(stall, signal);
  try {
    await fetch(url, {
      mode: "no-cors",
      referrerPolicy: "no-referrer",
      credentials: "omit",
      signal: watchdog.signal,
    });
    return true;
  } catch {
    return false;
  } finally {
    watchdog.stop();
  }
}

function refusal(url: string, status: number): CheckpointError {
  if (status === 416)
    return new CheckpointError("truncated", `${hostOf(url)} has less of ${nameOf(url)} than was published.`);
  if (status === 404 || status === 410) {
    return new CheckpointError("notFound", `${hostOf(url)} has no ${new URL(url).pathname} (${status}).`);
  }
  return new CheckpointError("refused", `${hostOf(url)} refuses ${nameOf(url)} (${status}).`);
}

function forbidden(url: string): CheckpointError {
  const what = `${hostOf(url)} answers, but does not let this page read the file; a wrong name looks the same.`;
  return new CheckpointError("refused", what);
}

function giveUp(url: string, outcome: Failure, received: number): CheckpointError {
  const [host, name] = [hostOf(url), nameOf(url)];
  const hasBegun = received > 0 || outcome.kind === "cut";
  if (outcome.kind === "busy") {
    return new CheckpointError("unavailable", `${host} is too busy to send ${name} (${outcome.status}).`);
  }
  if (outcome.stalled) {
    const what = hasBegun ? `${host} stopped sending ${name}.` : `${host} does not answer.`;
    return new CheckpointError("unavailable", what);
  }
  const what = hasBegun ? `The connection to ${host} broke off within ${name}.` : `${host} can't be reached.`;
  return new CheckpointError("offline", what);
}

/** In milliseconds; seconds or a date in the header. */
function retryAfter({ headers }: Response): number | undefined {
  const text = headers.get("Retry-After");
  if (text === null) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait >= 0 ? wait : undefined;
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function hostOf(url: string): string {
  return new URL(url).host;
}

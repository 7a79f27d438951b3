/** @file What comes to the board from outside, networks and runs: pasted, dropped, opened, pinned from the editor. */
import type { Architecture, Issue } from "../../model/architecture/schema.ts";
import type { NoticeStore } from "../notices/noticeStore.ts";
import { deviceText } from "../runs/conditions.ts";
import { looksLikeRecord } from "../runs/looksLikeRecord.ts";
import { readRecords } from "../runs/recordFiles.ts";
import { createRunStore } from "../runs/runStore.ts";
import type { Session } from "../session/session.ts";
import { createBoardStore } from "./boardStore.ts";
import { readNetworks } from "./readNetworks.ts";

type Visit = Pick<Session, "own" | "notices">;

/** Kind of the notices about the board. */
const kind = "board";

/** Puts what the text holds on the board, networks or another device's run, or says why not. `what` names the text. */
export function takeText(session: Visit, text: string, what: string): void {
  if (looksLikeRecord(text)) takeRecords(session, text, what);
  else takeNetworks(session, text, what);
}

function takeNetworks({ own, notices }: Visit, text: string, what: string): void {
  const read = readNetworks(text);
  if (!read.ok) {
    refuse(notices, `${what} is no network`, read.issues);
    return;
  }
  const added = own(createBoardStore).add(read.value.map((network) => ({ network })));
  const names = added.map(({ name }) => name);
  const title = names.length < 3 ? names.join(" and ") : `${names.length} networks`;
  notices.show({ kind, tone: "done", title: `${title} on the board` });
}

function takeRecords({ own, notices }: Visit, text: string, what: string): void {
  const read = readRecords(text);
  if (!read.ok) {
    refuse(notices, `${what} is no run that can be read`, read.issues);
    return;
  }
  own(createBoardStore).keep();
  const runs = own(createRunStore);
  // The newest of a file stands first on the board, as it stands in the file.
  const added = read.value.toReversed().filter((record) => runs.add(record, "imported"));
  const [only] = read.value;
  notices.show({
    kind,
    tone: "done",
    title: titleOf(added.length, read.value.length, only && deviceText(only)),
  });
}

function titleOf(added: number, all: number, device: string | undefined): string {
  if (all === 1) {
    return added === 1 ? `The run of ${device} stands on the board` : "That run is on the board already";
  }
  if (added === 0) return "Those runs are on the board already";
  const rest = added < all ? `, the other ${all - added} did already` : "";
  return `${added} of ${all} runs now stand on the board${rest}`;
}

function refuse(notices: NoticeStore, title: string, [first, ...rest]: readonly Issue[]): void {
  const where = first?.path ? `${first.path}: ` : "";
  const more = rest.length > 0 ? ` And ${rest.length} more.` : "";
  notices.show({
    kind,
    tone: "problem",
    title,
    text: `${where}${first?.message}.${more} The board stays as it is.`,
  });
}

/** Puts the network of the editor on the board. */
export function pin({ own, notices }: Visit, architecture: Architecture): void {
  const board = own(createBoardStore);
  const [added] = board.add([{ network: architecture }]);
  const { length } = board.getState().variants;
  notices.show({
    kind,
    tone: "done",
    title: `${added?.name} is on the board`,
    text: length === 1 ? "Edit on, and pin again to compare." : `Compare, above, shows ${length} networks.`,
  });
}

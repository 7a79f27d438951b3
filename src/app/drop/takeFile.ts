/** @file What happens to a file or a text that a person drops or pastes. */
import { readArchitecture } from "../link/readArchitecture.ts";
import { looksLikeRecord } from "../runs/looksLikeRecord.ts";
import { openWeightsFile, showPictureFile } from "../session/actions.ts";
import type { Session } from "../session/session.ts";
import { kindOf } from "./files.ts";

/** Opens it as what it is, or says why not. */
export async function takeFile(session: Session, file: File): Promise<void> {
  const kind = kindOf(file);
  switch (kind) {
    case "picture":
      return showPictureFile(session, file, file.name || "Pasted picture");
    case "checkpoint":
      return openWeightsFile(session, file);
    case "architecture":
      return takeDescription(session, await file.text(), file.name);
    case "unknown":
      return session.notices.show({
        kind: "file",
        tone: "problem",
        title: `${file.name || "That"} is nothing that can be opened here`,
        text: "A picture is predicted, a .safetensors or PyTorch checkpoint is loaded, a .json is opened as an architecture or a run.",
      });
    default:
      return kind satisfies never;
  }
}

/** A run goes on the board, and a network too while networks are compared; else it is opened. */
export async function takeDescription(session: Session, text: string, name: string): Promise<void> {
  const { view } = session;
  if (looksLikeRecord(text)) view.showCompare("board");
  if (view.getState().mode === "edit") return openArchitecture(session, text, name);
  const { takeText } = await import("../board/take.ts");
  takeText(session, text, name);
}

/** Opens an architecture's JSON or link. One undo step; the baseline stays. */
function openArchitecture({ editor, notices }: Session, text: string, name: string): void {
  const read = readArchitecture(text);
  if (read.ok) {
    editor.getState().applyArchitecture(read.value);
    notices.show({ kind: "file", tone: "done", title: `${read.value.name ?? name} is open` });
    return;
  }
  const [first, ...rest] = read.issues;
  const where = first?.path ? `${first.path}: ` : "";
  const more = rest.length > 0 ? ` And ${rest.length} more.` : "";
  notices.show({
    kind: "file",
    tone: "problem",
    title: `${name} is no architecture that can be opened`,
    text: `${where}${first?.message}.${more} What was open stays.`,
  });
}

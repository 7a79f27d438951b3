/** @file Pins what is on the canvas to the board, which is loaded for it. */
import type { Session } from "../session/session.ts";

export async function pinPresent(session: Session): Promise<void> {
  const { architecture } = session.editor.getState();
  try {
    const { pin } = await import("./take.ts");
    pin(session, architecture);
  } catch {
    session.notices.show({
      kind: "board",
      tone: "problem",
      title: "The board could not be loaded",
      text: "Check the connection and pin again.",
    });
  }
}

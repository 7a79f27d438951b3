/** @file Says that something which the browser kept cannot be read any more, and hands it over as a file. */
import { saveFile } from "../controls/saveFile.ts";
import type { NoticeStore } from "../notices/noticeStore.ts";
import type { SetAside } from "../persistence/persistence.ts";

export function tellSetAside(notices: NoticeStore, { what, name, text }: SetAside): void {
  notices.show({
    kind: `unread-${name}`,
    tone: "problem",
    title: `Part of ${what}, as this browser kept it, could not be read`,
    text: "It was set aside as it was, and what could be read is here.",
    actions: [
      { label: "Save it as a file", run: () => saveFile(`${name}.json`, text, "application/json") },
      { label: "Leave it", run: () => undefined },
    ],
  });
}

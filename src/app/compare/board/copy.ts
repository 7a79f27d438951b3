/** @file Copies a text and says so, or why not. */
import { copyText } from "../../controls/clipboard.ts";
import type { NoticeStore } from "../../notices/noticeStore.ts";

export async function copyToClipboard(notices: NoticeStore, text: string, what: string): Promise<void> {
  const isCopied = await copyText(text);
  notices.show(
    isCopied
      ? { kind: "board", tone: "done", title: `${what} copied` }
      : {
          kind: "board",
          tone: "problem",
          title: "The browser did not allow copying",
          text: "Allow it for this page, or open the network and copy its JSON there.",
        },
  );
}

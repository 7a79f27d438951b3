/** @file Copies a text and says so, or why not. */
import { copyText } from "../../controls/clipboard.ts";
import { showNotice } from "../../notices/noticeStore.ts";

export async function copyToClipboard(text: string, what: string): Promise<void> {
  const isCopied = await copyText(text);
  showNotice(
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

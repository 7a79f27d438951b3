/** @file Networks from text, JSON of one or several or links; runs too. */
import { useState } from "react";
import { Button } from "../../../editor/controls/Button.tsx";
import { Dialog } from "../../../editor/controls/Dialog.tsx";
import { readNetworks } from "../../board/readNetworks.ts";
import { takeText } from "../../board/take.ts";
import { JsonField } from "../../controls/JsonField.tsx";
import styles from "../../controls/jsonField.module.css";
import { looksLikeRecord } from "../../runs/looksLikeRecord.ts";
import { readRecords } from "../../runs/recordFiles.ts";
import { useSession } from "../../session/react.tsx";

export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const [text, setText] = useState("");
  const read = looksLikeRecord(text) ? readRecords(text) : readNetworks(text);
  const issues = read.ok || text.trim() === "" ? [] : read.issues;
  const add = () => {
    takeText(session, text, "The text");
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add from a link or JSON"
      description="One or several links, the JSON of a network, a list of them, or a run of another device."
      width={560}
    >
      <div className={styles["form"]}>
        <JsonField label="Link or JSON" value={text} onChange={setText} issues={issues} />
        <div className={styles["row"]}>
          <span className={styles["spacer"]} />
          <Button variant="primary" disabled={!read.ok} onClick={add}>
            Add
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** @file Networks from text, JSON of one or several or links; runs too. */
import { useState } from "react";
import { Button } from "../../../editor/controls/Button.tsx";
import { Dialog } from "../../../editor/controls/Dialog.tsx";
import dialogs from "../../dialogs/dialogs.module.css";
import { JsonField } from "../../dialogs/JsonField.tsx";
import { looksLikeRecord } from "../../drop/looksLikeRecord.ts";
import { readNetworks } from "../readNetworks.ts";
import { readRecords } from "../readRecords.ts";
import { takeText } from "../take.ts";

export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState("");
  const read = looksLikeRecord(text) ? readRecords(text) : readNetworks(text);
  const issues = read.ok || text.trim() === "" ? [] : read.issues;
  const add = () => {
    takeText(text, "The text");
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
      <div className={dialogs["json"]}>
        <JsonField label="Link or JSON" value={text} onChange={setText} issues={issues} />
        <div className={dialogs["row"]}>
          <span className={dialogs["spacer"]} />
          <Button variant="primary" disabled={!read.ok} onClick={add}>
            Add
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

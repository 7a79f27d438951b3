/** @file The architecture as JSON: read it, copy it, save it, or put another in its place. */
import { Copy, Download, FolderOpen } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { Dialog } from "../../editor/controls/Dialog.tsx";
import { useEditor } from "../../editor/store/react.tsx";
import { copyText } from "../controls/clipboard.ts";
import { JsonField } from "../controls/JsonField.tsx";
import styles from "../controls/jsonField.module.css";
import { saveFile } from "../controls/saveFile.ts";
import { readArchitecture } from "../link/readArchitecture.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { useSession } from "../session/react.tsx";

export function JsonDialog({ onClose }: { readonly onClose: () => void }) {
  const { notices } = useSession();
  const architecture = useEditor((state) => state.architecture);
  const applyArchitecture = useEditor((state) => state.applyArchitecture);
  const [text, setText] = useState(() => jsonOf(architecture));
  const input = useRef<HTMLInputElement>(null);
  const read = readArchitecture(text);
  const issues = read.ok ? [] : read.issues;
  const isChanged =
    read.ok && !(sameNetwork(read.value, architecture) && read.value.name === architecture.name);
  const apply = () => {
    if (!read.ok) return;
    applyArchitecture(read.value);
    onClose();
  };
  const copy = async () => {
    const done = await copyText(text);
    notices.show(
      done
        ? { kind: "json", tone: "done", title: "JSON copied" }
        : {
            kind: "json",
            tone: "problem",
            title: "The browser did not allow copying",
            text: "Select the text and copy it.",
          },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Architecture as JSON"
      description="The whole description. Edit it here, or paste or open another."
      width={640}
    >
      <div className={styles["form"]}>
        <JsonField label="Architecture JSON" value={text} onChange={setText} issues={issues} />
        <div className={styles["row"]}>
          <Button icon={<FolderOpen />} onClick={() => input.current?.click()}>
            Open a file
          </Button>
          <Button icon={<Copy />} onClick={() => void copy()}>
            Copy
          </Button>
          <Button
            icon={<Download />}
            onClick={() => saveFile(`${fileName(architecture.name)}.json`, text, "application/json")}
          >
            Save
          </Button>
          <span className={styles["spacer"]} />
          <Button variant="primary" disabled={!isChanged} onClick={apply}>
            Apply
          </Button>
        </div>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Architecture file"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            if (file) void file.text().then(setText);
          }}
        />
      </div>
    </Dialog>
  );
}

function jsonOf(architecture: unknown): string {
  return JSON.stringify(architecture, null, 2);
}

/** A name that every file system takes. */
function fileName(name = "architecture"): string {
  return name.replaceAll(/[^\p{Letter}\p{Number}.-]+/gu, "_") || "architecture";
}

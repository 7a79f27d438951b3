/** @file What a narrow bar has no room for. */
import { Ellipsis } from "lucide-react";
import { Button } from "../../editor/controls/Button.tsx";
import { Popover } from "../../editor/controls/Popover.tsx";
import { pinPresent } from "../board/pin.ts";
import { useSession } from "../session/react.tsx";
import type { DialogId } from "../session/view.ts";
import { ThemeChoice } from "./ThemeButton.tsx";
import styles from "./topBar.module.css";

const entries: readonly { readonly label: string; readonly dialog: DialogId }[] = [
  { label: "Architecture as JSON", dialog: "json" },
  { label: "Keyboard shortcuts", dialog: "shortcuts" },
  { label: "About", dialog: "about" },
];

export function MoreButton() {
  const session = useSession();
  const { view } = session;
  return (
    <Popover
      trigger={
        <button type="button" className={styles["iconButton"]} aria-label="More" title="More">
          <Ellipsis />
        </button>
      }
    >
      <div className={styles["more"]}>
        <span className={styles["narrowAction"]}>
          <Button variant="quiet" onClick={() => void pinPresent(session)}>
            Pin for comparing
          </Button>
        </span>
        {entries.map(({ label, dialog }) => (
          <Button key={dialog} variant="quiet" onClick={() => view.openDialog(dialog)}>
            {label}
          </Button>
        ))}
        <div className={styles["narrowOnly"]}>
          <ThemeChoice />
        </div>
      </div>
    </Popover>
  );
}

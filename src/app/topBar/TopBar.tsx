/** @file The bar above: what is open, its history, how to share it, what runs it. */
import { Braces, Keyboard, PanelLeft, Pin, Redo2, Undo2 } from "lucide-react";
import { IconButton } from "../../editor/controls/IconButton.tsx";
import { useEditor } from "../../editor/store/react.tsx";
import { pinPresent } from "../board/pin.ts";
import { useSession, useView } from "../session/react.tsx";
import { BackendButton } from "./BackendButton.tsx";
import { Mark } from "./Mark.tsx";
import { ModeSwitch } from "./ModeSwitch.tsx";
import { MoreButton } from "./MoreButton.tsx";
import { NameField } from "./NameField.tsx";
import { ShareButton } from "./ShareButton.tsx";
import { ThemeButton } from "./ThemeButton.tsx";
import styles from "./topBar.module.css";

export function TopBar() {
  const session = useSession();
  const { editor, view } = session;
  const isEditing = useView((state) => state.mode === "edit");
  const canUndo = useEditor((state) => state.history.past.length > 0);
  const canRedo = useEditor((state) => state.history.future.length > 0);
  const isGalleryOpen = useView((state) => state.isGalleryOpen);
  return (
    <header className={styles["bar"]}>
      <div className={styles["start"]}>
        <span className={styles["wide"]}>
          <IconButton
            label="Gallery"
            disabled={!isEditing}
            icon={<PanelLeft />}
            pressed={isGalleryOpen}
            onClick={() => view.toggleGallery()}
          />
        </span>
        <Mark />
        <h1 className={styles["app"]}>InceptionNeXt Explorer</h1>
        <span className={styles["slash"]} aria-hidden>
          /
        </span>
        <NameField />
        {isEditing && (
          <>
            <IconButton
              label="Undo"
              shortcut="Ctrl+Z"
              icon={<Undo2 />}
              disabled={!canUndo}
              onClick={() => editor.getState().undo()}
            />
            <IconButton
              label="Redo"
              shortcut="Ctrl+Shift+Z"
              icon={<Redo2 />}
              disabled={!canRedo}
              onClick={() => editor.getState().redo()}
            />
            <span className={styles["wide"]}>
              <IconButton
                label="Pin for comparing"
                shortcut="P"
                icon={<Pin />}
                onClick={() => void pinPresent(session)}
              />
            </span>
          </>
        )}
      </div>
      <ModeSwitch />
      <div className={styles["end"]}>
        <BackendButton />
        <span className={styles["wide"]}>
          <IconButton
            label="Architecture as JSON"
            icon={<Braces />}
            onClick={() => view.openDialog("json")}
          />
          <IconButton
            label="Keyboard shortcuts"
            shortcut="?"
            icon={<Keyboard />}
            onClick={() => view.openDialog("shortcuts")}
          />
          <ThemeButton />
        </span>
        <MoreButton />
        <ShareButton />
      </div>
    </header>
  );
}

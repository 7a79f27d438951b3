/** @file Every key that does something, as a list. */
import { Dialog } from "../../editor/controls/Dialog.tsx";
import { shortcuts } from "../words/shortcuts.ts";
import styles from "./dialogs.module.css";

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keyboard shortcuts" width={460}>
      <table className={styles["keys"]} aria-label="Keyboard shortcuts">
        <tbody>
          {shortcuts.map(({ keys, effect }) => (
            <tr key={effect}>
              <th scope="row">{keys}</th>
              <td>{effect}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

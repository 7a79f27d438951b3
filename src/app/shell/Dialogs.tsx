/** @file The dialog that is open, if one is. */
import { useSession, useView } from "../session/react.tsx";
import { Deferred } from "./Deferred.tsx";
import { about, json, shortcuts } from "./parts.ts";
import styles from "./shell.module.css";

export function Dialogs() {
  const { view } = useSession();
  const dialog = useView((state) => state.dialog);
  if (dialog === undefined) return null;
  // The dialog itself stands elsewhere; what is seen here is only what keeps it from being there.
  return <div className={styles["dialog"]}>{dialogOf(dialog, { onClose: view.closeDialog })}</div>;
}

function dialogOf(dialog: "json" | "shortcuts" | "about", props: { readonly onClose: () => void }) {
  switch (dialog) {
    case "json":
      return <Deferred part={json} props={props} {...props} />;
    case "shortcuts":
      return <Deferred part={shortcuts} props={props} {...props} />;
    case "about":
      return <Deferred part={about} props={props} {...props} />;
    default:
      return dialog satisfies never;
  }
}

/** @file The dialog that is open, if one is. */
import { useSession, useView } from "../session/react.tsx";
import { Deferred } from "./Deferred.tsx";
import { about, json, shortcuts } from "./parts.ts";

export function Dialogs() {
  const { view } = useSession();
  const dialog = useView((state) => state.dialog);
  if (dialog === undefined) return null;
  return dialogOf(dialog, { onClose: view.closeDialog });
}

function dialogOf(dialog: "json" | "shortcuts" | "about", props: { readonly onClose: () => void }) {
  switch (dialog) {
    case "json":
      return <Deferred part={json} props={props} />;
    case "shortcuts":
      return <Deferred part={shortcuts} props={props} />;
    case "about":
      return <Deferred part={about} props={props} />;
    default:
      return dialog satisfies never;
  }
}

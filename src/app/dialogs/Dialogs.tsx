/** @file The dialog that is open, if one is. */
import { lazy, Suspense } from "react";
import { useSession, useView } from "../session/react.tsx";

const AboutDialog = lazy(async () => ({ default: (await import("./AboutDialog.tsx")).AboutDialog }));
const JsonDialog = lazy(async () => ({ default: (await import("./JsonDialog.tsx")).JsonDialog }));
const ShortcutsDialog = lazy(async () => ({
  default: (await import("./ShortcutsDialog.tsx")).ShortcutsDialog,
}));

export function Dialogs() {
  const { view } = useSession();
  const dialog = useView((state) => state.dialog);
  if (dialog === undefined) return null;
  const close = () => view.setState({ dialog: undefined });
  return <Suspense>{dialogOf(dialog, close)}</Suspense>;
}

function dialogOf(dialog: "json" | "shortcuts" | "about", close: () => void) {
  switch (dialog) {
    case "json":
      return <JsonDialog onClose={close} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={close} />;
    case "about":
      return <AboutDialog onClose={close} />;
    default:
      return dialog satisfies never;
  }
}

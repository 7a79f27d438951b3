/** @file Copies the link that reproduces the architecture. */
import { Check, Link } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { copyText } from "../controls/clipboard.ts";
import { addressOf } from "../link/address.ts";
import { useSession } from "../session/react.tsx";
import styles from "./topBar.module.css";

export function ShareButton() {
  const { editor, notices } = useSession();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const share = async () => {
    const link = addressOf(editor.getState().architecture, location.href);
    const done = await copyText(link);
    setIsCopied(done);
    notices.show(
      done
        ? {
            kind: "share",
            tone: "done",
            title: "Link copied",
            text: "It holds the whole architecture; no server is involved.",
          }
        : {
            kind: "share",
            tone: "problem",
            title: "The browser did not allow copying",
            text: "The link is in the address bar: copy it from there.",
          },
    );
  };
  return (
    <Button variant="primary" icon={isCopied ? <Check /> : <Link />} onClick={() => void share()}>
      <span className={styles["share"]}>Share</span>
    </Button>
  );
}

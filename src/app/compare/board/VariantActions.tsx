/** @file What can be done with one network of the board. */
import { EllipsisVertical } from "lucide-react";
import { Menu } from "../../../editor/controls/Menu.tsx";
import { isFixed } from "../../../model/graph/network.ts";
import type { Variant } from "../../board/board.ts";
import { useBoardStore } from "../../board/react.ts";
import { networkToJson } from "../../board/readNetworks.ts";
import { addressOf } from "../../link/address.ts";
import { useSession } from "../../session/react.tsx";
import { addressOfView } from "../../session/view.ts";
import styles from "./board.module.css";
import { copyToClipboard } from "./copy.ts";

export function VariantActions({ variant: { id, name, network } }: { readonly variant: Variant }) {
  const { editor, notices, view } = useSession();
  const { add, remove } = useBoardStore();
  const open = () => {
    if (isFixed(network)) return;
    const opened = { ...network, name };
    editor.getState().applyArchitecture(opened, { baseline: opened });
    view.showCanvas();
  };
  const copyLink = () => {
    if (isFixed(network)) return;
    const address = addressOfView(location.href, { mode: "edit", compareTab: "board" });
    void copyToClipboard(notices, addressOf({ ...network, name }, address), `Link to ${name}`);
  };
  return (
    <Menu
      trigger={
        <button type="button" className={styles["more"]} aria-label={`Actions for ${name}`}>
          <EllipsisVertical aria-hidden />
        </button>
      }
      groups={[
        {
          actions: [{ label: "Open in the editor", disabled: isFixed(network), onSelect: open }],
        },
        {
          actions: [
            {
              label: "Copy as JSON",
              onSelect: () => void copyToClipboard(notices, networkToJson(network, name), name),
            },
            { label: "Copy link", disabled: isFixed(network), onSelect: copyLink },
            { label: "Duplicate", onSelect: () => void add([{ network, name }], id) },
          ],
        },
        { actions: [{ label: "Delete", onSelect: () => remove(id) }] },
      ]}
    />
  );
}

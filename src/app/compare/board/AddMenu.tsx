/** @file What can be put on the board: the present network, a preset, ResNet-50, what was copied, a file. */
import { Button as BaseButton } from "@base-ui/react/button";
import { ChevronDown, ClipboardPaste, FolderOpen, PencilRuler, Plus } from "lucide-react";
import { useRef, useState } from "react";
import button from "../../../editor/controls/button.module.css";
import { Menu, type MenuGroup } from "../../../editor/controls/Menu.tsx";
import { type Preset, presets } from "../../../model/architecture/presets.ts";
import { resnet50 } from "../../../model/graph/network.ts";
import type { NamedNetwork } from "../../board/boardStore.ts";
import { useBoardStore } from "../../board/react.ts";
import { takeText } from "../../board/take.ts";
import { useSession } from "../../session/react.tsx";
import { PasteDialog } from "./PasteDialog.tsx";

const headings = ["InceptionNeXt", "MetaNeXt", "ConvNeXt"] as const satisfies readonly Preset["group"][];

export function AddMenu() {
  const session = useSession();
  const board = useBoardStore();
  const file = useRef<HTMLInputElement>(null);
  const [isPasting, setIsPasting] = useState(false);
  const add = (added: NamedNetwork) => void board.add([added]);
  const paste = async () => {
    const text = await navigator.clipboard.readText().catch(() => "");
    if (text.trim() === "") setIsPasting(true);
    else takeText(session, text, "What was copied");
  };
  const groups: readonly MenuGroup[] = [
    {
      actions: [
        {
          label: "The network in the editor",
          icon: <PencilRuler />,
          onSelect: () => add({ network: session.editor.getState().architecture }),
        },
        { label: "From a link or JSON…", icon: <ClipboardPaste />, onSelect: () => setIsPasting(true) },
        { label: "Paste", icon: <ClipboardPaste />, hint: "Ctrl+V", onSelect: () => void paste() },
        {
          label: "From a file…",
          icon: <FolderOpen />,
          hint: "networks, or a run of another device",
          onSelect: () => file.current?.click(),
        },
      ],
    },
    ...headings.map((heading) => ({
      label: heading,
      actions: presets
        .filter((preset) => preset.group === heading)
        .map(({ architecture, summary }) => ({
          label: architecture.name ?? heading,
          hint: summary,
          onSelect: () => add({ network: architecture }),
        })),
    })),
    {
      label: "Fixed baseline",
      actions: [{ label: "ResNet-50", hint: "not editable", onSelect: () => add({ network: resnet50 }) }],
    },
  ];
  return (
    <>
      <Menu
        groups={groups}
        trigger={
          <BaseButton type="button" className={button["button"]} data-variant="default">
            <Plus />
            Add
            <ChevronDown />
          </BaseButton>
        }
      />
      {isPasting && <PasteDialog onClose={() => setIsPasting(false)} />}
      <input
        ref={file}
        type="file"
        accept=".json,.csv,application/json,text/csv"
        hidden
        aria-label="File for the board"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = "";
          if (chosen) void chosen.text().then((text) => takeText(session, text, chosen.name));
        }}
      />
    </>
  );
}

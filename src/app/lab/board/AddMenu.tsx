/** @file What can be put on the board: the present network, a preset, ResNet-50. */
import { Button as BaseButton } from "@base-ui/react/button";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import button from "../../../editor/controls/button.module.css";
import { Menu, type MenuGroup } from "../../../editor/controls/Menu.tsx";
import { type Preset, presets } from "../../../model/architecture/presets.ts";
import { resnet50 } from "../../../model/graph/network.ts";
import { useSession } from "../../session/react.tsx";
import { labStore, type NamedNetwork } from "../labStore.ts";

const families = ["InceptionNeXt", "MetaNeXt", "ConvNeXt"] as const satisfies readonly Preset["family"][];

export function AddMenu({ icon }: { readonly icon: ReactNode }) {
  const { editor } = useSession();
  const add = (added: NamedNetwork) => void labStore.getState().add([added]);
  const groups: readonly MenuGroup[] = [
    {
      actions: [
        {
          label: "The network in the editor",
          onSelect: () => add({ network: editor.getState().architecture }),
        },
      ],
    },
    ...families.map((family) => ({
      label: family,
      actions: presets
        .filter((preset) => preset.family === family)
        .map(({ architecture, summary }) => ({
          label: architecture.name ?? family,
          hint: summary,
          onSelect: () => add({ network: architecture }),
        })),
    })),
    {
      label: "Fixed baseline",
      actions: [
        {
          label: "ResNet-50",
          hint: "the papers' yardstick",
          onSelect: () => add({ network: resnet50 }),
        },
      ],
    },
  ];
  return (
    <Menu
      groups={groups}
      trigger={
        <BaseButton type="button" className={button["button"]} data-variant="default">
          {icon}
          Add
          <ChevronDown />
        </BaseButton>
      }
    />
  );
}

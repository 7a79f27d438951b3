/** @file Light, dark, or as the system has it. */
import { Monitor, Moon, Sun } from "lucide-react";
import { Popover } from "../../editor/controls/Popover.tsx";
import { SegmentedControl } from "../../editor/controls/SegmentedControl.tsx";
import { useSession, useSettings } from "../session/react.tsx";
import type { Theme } from "../settings/settings.ts";
import styles from "./topBar.module.css";

const options = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeButton() {
  const theme = useSettings((state) => state.theme);
  const Icon = icons[theme];
  return (
    <Popover
      trigger={
        <button type="button" className={styles["iconButton"]} aria-label="Theme" title="Theme">
          <Icon />
        </button>
      }
      title="Theme"
    >
      <ThemeChoice />
    </Popover>
  );
}

export function ThemeChoice() {
  const { settings } = useSession();
  const theme = useSettings((state) => state.theme);
  return (
    <SegmentedControl<Theme>
      label="Theme"
      value={theme}
      options={options}
      onChange={(next) => settings.choose({ theme: next })}
    />
  );
}

/** @file Compare: networks side by side, measured fairly, and why they differ. Loaded when it is first opened. */
import { Tabs } from "@base-ui/react/tabs";
import type { ComponentType } from "react";
import { Boundary } from "../controls/Boundary.tsx";
import { useSession, useView } from "../session/react.tsx";
import type { CompareTab } from "../session/view.ts";
import { BoardTab } from "./board/BoardTab.tsx";
import styles from "./compare.module.css";
import { PaperTab } from "./paper/PaperTab.tsx";
import { SweepTab } from "./sweep/SweepTab.tsx";
import { WhyTab } from "./why/WhyTab.tsx";

interface Tab {
  readonly id: CompareTab;
  readonly label: string;
  readonly content: ComponentType;
}

const tabs: readonly Tab[] = [
  { id: "board", label: "Board", content: BoardTab },
  { id: "why", label: "Why", content: WhyTab },
  { id: "sweep", label: "Sweep", content: SweepTab },
  { id: "paper", label: "Paper", content: PaperTab },
];

export function Compare() {
  const { view } = useSession();
  const open = useView((state) => state.compareTab);
  const shown = tabs.some(({ id }) => id === open) ? open : "board";
  return (
    <Tabs.Root
      value={shown}
      onValueChange={(next: CompareTab) => view.showCompare(next)}
      className={styles["compare"]}
    >
      <Tabs.List className={styles["tabs"]} aria-label="Comparison">
        {tabs.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id} className={styles["tab"]}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ id, label, content: Content }) => (
        <Tabs.Panel key={id} value={id} className={styles["body"]}>
          <Boundary name={label}>
            <Content />
          </Boundary>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

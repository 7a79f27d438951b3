/** @file The panels: their tabs, and the one that is open. What is not seen first is loaded when it is asked for. */
import { Tabs } from "@base-ui/react/tabs";
import {
  BookOpen,
  Gauge,
  LayoutGrid,
  type LucideIcon,
  ScanEye,
  SlidersHorizontal,
  Weight,
} from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "../../editor/store/react.tsx";
import { Boundary } from "../controls/Boundary.tsx";
import panel from "../panel/panel.module.css";
import { useSession } from "../session/react.tsx";
import type { PanelId } from "../session/view.ts";
import { Deferred } from "./Deferred.tsx";
import { InspectorPanel } from "./InspectorPanel.tsx";
import styles from "./panels.module.css";
import { gallery, learn, measure, predict, weights } from "./parts.ts";

interface Tab {
  readonly id: PanelId;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly content: ReactNode;
}

const tabs: readonly Tab[] = [
  { id: "inspector", label: "Inspect", icon: SlidersHorizontal, content: <Inspected /> },
  { id: "predict", label: "Predict", icon: ScanEye, content: <Deferred part={predict} props={{}} /> },
  { id: "measure", label: "Measure", icon: Gauge, content: <Deferred part={measure} props={{}} /> },
  { id: "weights", label: "Weights", icon: Weight, content: <Deferred part={weights} props={{}} /> },
  { id: "learn", label: "Learn", icon: BookOpen, content: <Deferred part={learn} props={{}} /> },
];

function Inspected() {
  const selection = useEditor((state) => state.selection);
  return (
    <Boundary name="The inspector" shows={selection}>
      <InspectorPanel />
    </Boundary>
  );
}

/** On a narrow screen the gallery is one of them; choosing shows the network. */
const galleryTab: Tab = { id: "gallery", label: "Gallery", icon: LayoutGrid, content: <GallerySheet /> };

function GallerySheet() {
  const { view } = useSession();
  return <Deferred part={gallery} props={{ onChoose: () => view.closeSheet() }} />;
}

export interface PanelTabsProps {
  readonly hasGallery: boolean;
  readonly hasIcons: boolean;
  /** A tab was pressed, also the one that is open already. */
  readonly onPress?: (id: PanelId) => void;
}

export function PanelTabs({ hasGallery, hasIcons, onPress }: PanelTabsProps) {
  return (
    <Tabs.List className={styles["tabs"]} aria-label="Panels" activateOnFocus={false}>
      {(hasGallery ? [galleryTab, ...tabs] : tabs).map(({ id, label, icon: Icon }) => (
        <Tabs.Tab key={id} value={id} className={styles["tab"]} onClick={() => onPress?.(id)}>
          {hasIcons && <Icon aria-hidden />}
          {label}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

export function PanelBody({ hasGallery }: Pick<PanelTabsProps, "hasGallery">) {
  return (hasGallery ? [galleryTab, ...tabs] : tabs).map(({ id, label, content }) => (
    <Tabs.Panel key={id} value={id} className={styles["body"]}>
      {id !== "inspector" && <h2 className={panel["hidden"]}>{label}</h2>}
      {content}
    </Tabs.Panel>
  ));
}

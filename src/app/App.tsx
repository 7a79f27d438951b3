/** @file The one screen: bar, gallery, canvas, panels, totals; laid out for three sizes. */
import { Tabs } from "@base-ui/react/tabs";
import { Tooltip } from "@base-ui/react/tooltip";
import { ChevronDown } from "lucide-react";
import { Boundary } from "./controls/Boundary.tsx";
import { ErrorBoundary } from "./controls/ErrorBoundary.tsx";
import { type Layout, useLayout } from "./controls/useLayout.ts";
import { useDrop } from "./drop/useDrop.ts";
import { NowSeeing } from "./predict/NowSeeing.tsx";
import { useSession, useView } from "./session/react.tsx";
import type { PanelId } from "./session/view.ts";
import { CanvasArea } from "./shell/CanvasArea.tsx";
import { Deferred } from "./shell/Deferred.tsx";
import { Dialogs } from "./shell/Dialogs.tsx";
import { PageFailed } from "./shell/PageFailed.tsx";
import { PanelBody, PanelTabs } from "./shell/Panels.tsx";
import { compare, gallery, notices } from "./shell/parts.ts";
import styles from "./shell/shell.module.css";
import { useShortcuts } from "./shell/useShortcuts.ts";
import { Welcome } from "./shell/Welcome.tsx";
import { Strip } from "./strip/Strip.tsx";
import { TopBar } from "./topBar/TopBar.tsx";

export function App() {
  return (
    <ErrorBoundary
      name="The page"
      fallback={(error, tryAgain) => <PageFailed message={error.message} tryAgain={tryAgain} />}
    >
      <Tooltip.Provider>
        <Screen />
      </Tooltip.Provider>
    </ErrorBoundary>
  );
}

function Screen() {
  const { view } = useSession();
  const layout = useLayout();
  const mode = useView((state) => state.mode);
  const panel = useView((state) => state.panel);
  const isDropping = useDrop();
  useShortcuts();
  const isNarrow = layout === "narrow";
  const shown: PanelId = !isNarrow && panel === "gallery" ? "inspector" : panel;
  return (
    <Tabs.Root
      value={shown}
      onValueChange={(next: PanelId) => view.turnTo(next)}
      className={styles["app"]}
      data-layout={layout}
    >
      <a className={styles["skip"]} href="#network">
        {mode === "edit" ? "Skip to the network" : "Skip to the comparison"}
      </a>
      <Boundary name="The bar">
        <TopBar />
      </Boundary>
      {mode === "compare" ? <Comparison /> : <Editing layout={layout} shown={shown} />}
      <Boundary name="The strip of totals">
        <Strip />
      </Boundary>
      <Dialogs />
      {isDropping && (
        <div className={styles["drop"]} role="status">
          <p>Drop a picture, a checkpoint, an architecture or a measurement</p>
        </div>
      )}
    </Tabs.Root>
  );
}

/** Networks side by side, over the whole width. */
function Comparison() {
  const session = useSession();
  return (
    <main id="network" tabIndex={-1} className={styles["compare"]}>
      <Deferred part={notices} props={{ store: session.notices }} isQuiet />
      <Deferred part={compare} props={{}} />
    </main>
  );
}

/** The canvas with what stands around it. */
function Editing({ layout, shown }: { readonly layout: Layout; readonly shown: PanelId }) {
  const session = useSession();
  const isGalleryOpen = useView((state) => state.isGalleryOpen);
  const isSheetOpen = useView((state) => state.isSheetOpen);
  const isNarrow = layout === "narrow";
  return (
    <>
      {!isNarrow && isGalleryOpen && (
        <nav className={styles["gallery"]} aria-label="Gallery">
          <Deferred
            part={gallery}
            props={{ onChoose: () => layout === "medium" && session.view.closeGallery() }}
          />
        </nav>
      )}
      <main id="network" tabIndex={-1} className={styles["canvas"]}>
        <Welcome />
        <Deferred part={notices} props={{ store: session.notices }} isQuiet />
        <div className={styles["network"]}>
          <Boundary name="The canvas">
            <CanvasArea />
          </Boundary>
        </div>
      </main>
      {isNarrow ? (
        <NarrowPanels isOpen={isSheetOpen} />
      ) : (
        <aside className={styles["panels"]} aria-label="Panels">
          {shown !== "predict" && <Now />}
          <PanelTabs hasGallery={false} hasIcons={false} />
          <PanelBody hasGallery={false} />
        </aside>
      )}
    </>
  );
}

function Now() {
  return (
    <Boundary name="The prediction">
      <NowSeeing />
    </Boundary>
  );
}

/** On a phone: the prediction under the bar, tabs at the foot, and the panel as a sheet over the canvas. */
function NarrowPanels({ isOpen }: { readonly isOpen: boolean }) {
  const { view } = useSession();
  return (
    <>
      <div className={styles["now"]}>
        <Now />
      </div>
      {isOpen && (
        <aside className={styles["sheet"]} aria-label="Panels">
          <button
            type="button"
            className={styles["close"]}
            aria-label="Close the panel"
            onClick={() => view.closeSheet()}
          >
            <ChevronDown aria-hidden />
          </button>
          <PanelBody hasGallery />
        </aside>
      )}
      <nav className={styles["tabbar"]} aria-label="Panel tabs" data-open={isOpen || undefined}>
        <PanelTabs hasGallery hasIcons onPress={view.pressTab} />
      </nav>
    </>
  );
}

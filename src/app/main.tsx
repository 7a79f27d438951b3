/** @file Starts the page: reads the address, puts the session together, draws it, wakes the engine. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { presetOf, presets } from "../model/architecture/presets.ts";
import { App } from "./App.tsx";
import { architectureInHash } from "./link/address.ts";
import { hubInAddress } from "./link/hub.ts";
import { hashToOpen } from "./link/unsaved.ts";
import { measureAfterEdits } from "./measure/startMeasuring.ts";
import { createNoticeStore } from "./notices/noticeStore.ts";
import { openPersistence } from "./persistence/persistence.ts";
import { localShelf } from "./persistence/shelf.ts";
import { baselineFor } from "./session/baseline.ts";
import { SessionProvider } from "./session/react.tsx";
import { createSession } from "./session/session.ts";
import { startSession } from "./session/start.ts";
import { tellSetAside } from "./session/tellSetAside.ts";
import { followTheme } from "./settings/theme.ts";
import { preloadParts } from "./shell/parts.ts";

const linked = architectureInHash(hashToOpen(location.hash));
const architecture =
  linked.kind === "architecture" ? linked.architecture : presetOf("inceptionnext_atto").architecture;
const hub = hubInAddress(location.search);
const notices = createNoticeStore();
const session = createSession({
  architecture,
  persistence: await openPersistence(localShelf(), (found) => tellSetAside(notices, found)),
  notices,
  baseline: baselineFor(
    architecture,
    presets.map((preset) => preset.architecture),
  ),
  ...(hub === undefined ? {} : { hub }),
});

followTheme(session.settings);

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root.");
createRoot(root).render(
  <StrictMode>
    <SessionProvider session={session}>
      <App />
    </SessionProvider>
  </StrictMode>,
);

if (linked.kind === "damaged") {
  notices.show({
    kind: "link",
    tone: "problem",
    title: "The link could not be opened",
    text: `${linked.issues[0]?.message ?? "It is damaged"}. ${architecture.name} is open instead.`,
  });
}
measureAfterEdits(session);
void startSession(session);
preloadParts();

/** @file The session for React: a provider, and hooks that read a part of it. */
import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import { EditorProvider } from "../../editor/store/react.tsx";
import type { EngineState } from "../engine/engineStore.ts";
import type { Settings } from "../settings/settings.ts";
import type { Session } from "./session.ts";
import type { ViewStore } from "./view.ts";

const Context = createContext<Session | undefined>(undefined);

export interface SessionProviderProps {
  readonly session: Session;
  readonly children: ReactNode;
}

/** Everything below reads this session, the editor's parts too. */
export function SessionProvider({ session, children }: SessionProviderProps) {
  return (
    <Context value={session}>
      <EditorProvider store={session.editor}>{children}</EditorProvider>
    </Context>
  );
}

/** @throws Error outside of a SessionProvider. */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("This needs a SessionProvider above it.");
  return session;
}

/** A part of what is known about the engine; draws again when that part changes identity. */
export function useEngine<T>(selector: (state: EngineState) => T): T {
  return useStore(useSession().engine, selector);
}

/** A part of what is in sight. */
export function useView<T>(selector: (state: ReturnType<ViewStore["getState"]>) => T): T {
  return useStore(useSession().view, selector);
}

/** A part of what the person set up. */
export function useSettings<T>(selector: (state: Settings) => T): T {
  return useStore(useSession().settings, selector);
}

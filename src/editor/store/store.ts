/**
 * @file The editor's state: the architecture, how it came to be, and what of it is looked at. No React.
 *
 * Undo covers the architecture and the baseline that it is compared with; selection and folding are views and are not undone.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { edit as editArchitecture, type FieldPath } from "../../model/architecture/edits.ts";
import type { Architecture, Issue } from "../../model/architecture/schema.ts";
import { endGesture, type History, mapHistory, record, redo, startGesture, undo } from "./history.ts";
import { share } from "./share.ts";

/** What one undo step restores. */
export interface Snapshot {
  readonly architecture: Architecture;
  /** The preset or variant that the architecture came from; every difference is shown against it. */
  readonly baseline: Architecture;
}

/** How far a stage is unfolded on the canvas. */
export interface StageView {
  readonly open: boolean;
  /** The one block that is open, from 0. */
  readonly block: number | undefined;
  /** Whether that block shows the branches of its mixer. */
  readonly mixer: boolean;
}

/** Whether a stage's knobs turn that stage or all four. */
export type Scope = "stage" | "all";

export type StageNumber = 0 | 1 | 2 | 3;

/** Id of the node on the canvas that shows the predictions; it is no layer of the graph. */
export const predictionsId = "predictions";

export interface EditorState extends Snapshot {
  readonly history: History<Snapshot>;
  /** Id of a group or node of the LayerGraph, or {@link predictionsId}; undefined: the network as a whole. */
  readonly selection: string | undefined;
  /** One for each stage. */
  readonly views: readonly StageView[];
  readonly scope: Scope;
  /** What was wrong with the last edit, if it was refused; empty after one that was not. */
  readonly rejected: readonly Issue[];
}

export interface EditorActions {
  /** Sets one field. Returns what is wrong, and then changes nothing but `rejected`; empty: done. */
  edit(path: FieldPath, value: unknown): readonly Issue[];
  /** Replaces the whole (valid) architecture: a preset, a link, a variant. One undo step; without `baseline` that one stays. */
  applyArchitecture(architecture: Architecture, options?: { readonly baseline?: Architecture }): void;
  /**
   * Begins with another network, its own baseline, in the place of the first one: nothing to undo as long as nothing was done,
   * one undo step after that.
   */
  beginWith(architecture: Architecture): void;
  /**
   * Says which known network a baseline has been all along. It changes nothing of the network, so it is no step: it holds in
   * every step that can be undone or redone.
   */
  recogniseBaseline(baseline: Architecture, known: Architecture): void;
  undo(): void;
  redo(): void;
  /** Edits until `endGesture` are one undo step. */
  startGesture(): void;
  endGesture(): void;
  select(id: string | undefined): void;
  /** Folds or unfolds; what is not named stays. */
  setView(stage: StageNumber, view: Partial<StageView>): void;
  setViews(views: readonly StageView[]): void;
  foldAll(): void;
  setScope(scope: Scope): void;
}

/** To read and to follow; what changes it are the actions of its state, and what they do to the network can be undone. */
export type EditorStore = Omit<StoreApi<EditorState & EditorActions>, "setState">;

interface EditorStart {
  /** The architecture itself where absent. */
  readonly baseline?: Architecture;
  /** False for a network that is looked at: then only the views change. */
  readonly isEditable?: boolean;
}

const nothing = () => undefined;

/** In the place of what would edit or select. */
const lookOnly: Partial<EditorActions> = {
  edit: () => [],
  applyArchitecture: nothing,
  beginWith: nothing,
  recogniseBaseline: nothing,
  undo: nothing,
  redo: nothing,
  startGesture: nothing,
  endGesture: nothing,
  select: nothing,
  setScope: nothing,
};

const closed: StageView = { open: false, block: undefined, mixer: false };
const allClosed = [closed, closed, closed, closed];

/** A store for the (valid) architecture. */
export function createEditorStore(
  architecture: Architecture,
  { baseline = architecture, isEditable = true }: EditorStart = {},
): EditorStore {
  const { setState: _, ...store } = createStore<EditorState & EditorActions>((set, get) => {
    /** The history's present, spread out so that readers need not know of history. */
    const at = (history: History<Snapshot>) => ({ history, ...history.present, rejected: [] });
    const move = (step: (history: History<Snapshot>) => History<Snapshot>) => set(at(step(get().history)));
    const put = (next: Snapshot) => {
      const before = get().history.gesture?.present ?? get().history.present;
      move((history) => record(history, share(before, share(get().history.present, next))));
    };
    return {
      ...at({ present: { architecture, baseline }, past: [], future: [] }),
      selection: undefined,
      views: allClosed,
      scope: "stage",

      edit(path, value) {
        const result = editArchitecture(get().architecture, path, value);
        if (!result.ok) {
          set({ rejected: result.issues });
          return result.issues;
        }
        put({ architecture: result.value, baseline: get().baseline });
        return [];
      },
      applyArchitecture(next, options = {}) {
        set({ history: endGesture(get().history) });
        put({ architecture: next, baseline: options.baseline ?? get().baseline });
      },
      beginWith(next) {
        const { history, applyArchitecture } = get();
        const isUntouched = history.past.length + history.future.length === 0 && !history.gesture;
        if (isUntouched) set(at({ present: { architecture: next, baseline: next }, past: [], future: [] }));
        else applyArchitecture(next, { baseline: next });
      },
      recogniseBaseline(before, known) {
        const recognised = (step: Snapshot) =>
          step.baseline === before ? { ...step, baseline: known } : step;
        const history = mapHistory(get().history, recognised);
        set({ history, ...history.present });
      },
      undo: () => move(undo),
      redo: () => move(redo),
      startGesture: () => set({ history: startGesture(get().history) }),
      endGesture: () => set({ history: endGesture(get().history) }),
      select: (selection) => set({ selection }),
      setView(stage, view) {
        set({
          views: get().views.map((before, index) => (index === stage ? { ...before, ...view } : before)),
        });
      },
      setViews: (views) => set({ views }),
      foldAll: () => set({ views: allClosed }),
      setScope: (scope) => set({ scope }),
      ...(isEditable ? {} : lookOnly),
    };
  });
  return store;
}

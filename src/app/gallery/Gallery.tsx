/** @file The networks of the papers, by group. Choosing one is an edit like any other: undo takes it back. */
import { Search, X } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../editor/format.ts";
import { useEditor } from "../../editor/store/react.tsx";
import type { NetworkCost } from "../../model/analysis/cost.ts";
import { type Preset, presets } from "../../model/architecture/presets.ts";
import { Glyph } from "../network/Glyph.tsx";
import { sameNetwork } from "../network/sameNetwork.ts";
import { openPreset } from "../session/actions.ts";
import { useSession } from "../session/react.tsx";
import styles from "./gallery.module.css";
import { usePresetCosts } from "./usePresetCosts.ts";

const groups = ["InceptionNeXt", "MetaNeXt", "ConvNeXt"] as const satisfies readonly Preset["group"][];

export interface GalleryProps {
  /** A network was chosen. */
  readonly onChoose?: () => void;
}

export function Gallery({ onChoose }: GalleryProps) {
  const session = useSession();
  const [filter, setFilter] = useState("");
  const costs = usePresetCosts();
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = presets.filter((preset) => {
    const text = `${preset.group} ${preset.architecture.name} ${preset.summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <div className={styles["gallery"]}>
      <div className={styles["search"]}>
        <Search aria-hidden />
        <input
          type="search"
          aria-label="Filter networks"
          placeholder="Filter networks"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        {filter !== "" && (
          <button type="button" aria-label="Clear the filter" onClick={() => setFilter("")}>
            <X aria-hidden />
          </button>
        )}
      </div>
      <div className={styles["families"]}>
        {groups.map((group) => {
          const members = matching.filter((preset) => preset.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group} aria-label={group}>
              <h2 className={styles["group"]}>{group}</h2>
              <ul className={styles["list"]}>
                {members.map((preset) => (
                  <li key={preset.id}>
                    <PresetButton
                      preset={preset}
                      cost={costs.get(preset.id)}
                      onClick={() => {
                        openPreset(session, preset);
                        onChoose?.();
                      }}
                    />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        {matching.length === 0 && (
          <p className={styles["none"]}>
            No network matches “{filter}”. Every field of a network can be edited: start from the nearest one.
          </p>
        )}
      </div>
    </div>
  );
}

interface PresetButtonProps {
  readonly preset: Preset;
  readonly cost: NetworkCost | undefined;
  readonly onClick: () => void;
}

function PresetButton({ preset, cost, onClick }: PresetButtonProps) {
  const isOpen = useEditor((state) => sameNetwork(state.architecture, preset.architecture));
  const isBaseline = useEditor((state) => sameNetwork(state.baseline, preset.architecture));
  const { name, stages } = preset.architecture;
  return (
    <button
      type="button"
      className={styles["preset"]}
      aria-current={isOpen ? "true" : undefined}
      title={preset.summary}
      onClick={onClick}
    >
      <Glyph stages={stages} />
      <span className={styles["words"]}>
        <span className={styles["name"]}>{name}</span>
        <span className={styles["summary"]}>
          {isBaseline && !isOpen ? "edited from this" : preset.summary}
        </span>
        <span className={styles["cost"]} data-numeric>
          {cost
            ? `${formatCount(cost.total.params)} params · ${formatCount(cost.total.macs)} MACs`
            : "counting"}
        </span>
      </span>
    </button>
  );
}

/** @file Layers and modules inside a stage: downsample, mixer, MLP, and single layers. */
import type { NodeProps } from "@xyflow/react";
import { Plus } from "lucide-react";
import { memo, useContext } from "react";
import { mixerWords } from "../../model/mixers/table.ts";
import { formatMs } from "../format.ts";
import type { DownsampleNode, LayerViewNode, MixerNode, MlpNode } from "../graph/sceneTypes.ts";
import { mixerOpens } from "../mixers/table.ts";
import { indexOf, timedName } from "../store/derived.ts";
import { useEditor, useShown } from "../store/react.tsx";
import { layerName } from "../words.ts";
import { Disclosure } from "./Disclosure.tsx";
import styles from "./layers.module.css";
import { FlowPorts, ModulePorts, Port } from "./Ports.tsx";
import { ShapeOf } from "./ShapeOf.tsx";
import { Shares } from "./Shares.tsx";
import { Shell } from "./Shell.tsx";
import { Stripes } from "./StackGlyph.tsx";
import { SlotsContext } from "./slots.ts";

export const DownsampleCard = memo(function DownsampleCard({ data }: NodeProps<DownsampleNode>) {
  return (
    <Shell id={data.id} look="inset" className={styles[data.density]}>
      <strong className={styles["name"]}>Downsample</strong>
      <ShapeOf id={data.id} />
      <Shares id={data.id} variant="tiny" />
      <FlowPorts density={data.density} />
    </Shell>
  );
});

export const MixerCard = memo(function MixerCard({ data }: NodeProps<MixerNode>) {
  const { id, stage, block, density } = data;
  const { dim, tokenMixer } = useShown().stages[stage];
  const open = useEditor((state) => state.views[stage]?.mixer ?? false);
  const setView = useEditor((state) => state.setView);
  return (
    <Shell id={id} look="layer" className={styles[density]}>
      <div className={styles["mixer"]}>
        <svg width={18} height={34} viewBox="-1 -1 20 36" aria-hidden="true">
          <Stripes dim={dim} mixer={tokenMixer} width={18} height={34} />
        </svg>
        <div>
          <strong className={styles["name"]}>Token mixer</strong>
          <span className={styles["kind"]}>{mixerWords(tokenMixer.kind).name}</span>
        </div>
        {mixerOpens(tokenMixer) && (
          <Disclosure
            open={open}
            label={`Branches of the token mixer of stage ${stage + 1}, block ${block + 1}`}
            onToggle={() => setView(stage, { mixer: !open })}
          />
        )}
      </div>
      <ShapeOf id={id} tight />
      <Shares id={id} variant="tiny" />
      <ModulePorts density={density} />
    </Shell>
  );
});

export const MlpFrame = memo(function MlpFrame({ data }: NodeProps<MlpNode>) {
  const ms = useContext(SlotsContext).times?.msById.get(data.id);
  return (
    <Shell id={data.id} look="inset" className={styles["mlp"]}>
      <strong className={styles["name"]}>MLP</strong>
      {ms !== undefined && <span className={styles["time"]}>{formatMs(ms)}</span>}
    </Shell>
  );
});

export const LayerCard = memo(function LayerCard({ data }: NodeProps<LayerViewNode>) {
  const { id, density } = data;
  const architecture = useShown();
  const within = useContext(SlotsContext).times?.withinById.get(id);
  const node = indexOf(architecture).nodes.get(id);
  if (node?.op.kind === "add") {
    return (
      <Shell id={id} look="layer" className={styles["add"]} hasBadge={false}>
        <span title={within && `Time: within ${timedName(architecture, within.id)}`}>
          <Plus aria-hidden="true" />
        </span>
        <FlowPorts density={density} />
        <Port id="shortcut" type="target" side={density === "regular" ? "top" : "left"} />
      </Shell>
    );
  }
  return (
    <Shell id={id} look="layer" className={styles[density]}>
      <strong className={styles["name"]}>{node ? layerName(node) : ""}</strong>
      <ShapeOf id={id} tight />
      <Shares id={id} variant="tiny" />
      <FlowPorts density={density} />
    </Shell>
  );
});

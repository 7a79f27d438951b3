/** @file The fields of what is selected. */
import { SegmentedControl } from "../controls/SegmentedControl.tsx";
import type { StageKnobProps } from "../knobs/field.ts";
import {
  ClassCountKnob,
  FamilyKnob,
  HeadKnob,
  HeadRatioKnob,
  ImageSizeKnob,
  InChannelsKnob,
  NormKnob,
} from "../knobs/networkKnobs.tsx";
import { DepthKnob, DimKnob, MixerKnob, MlpRatioKnob } from "../knobs/stageKnobs.tsx";
import { knobsOfMixer } from "../mixers/table.ts";
import { useEditor } from "../store/react.tsx";
import type { StageNumber } from "../store/store.ts";
import { Row } from "./Row.tsx";
import { Section } from "./Section.tsx";
import type { Target } from "./target.ts";

export function Knobs({ target }: { readonly target: Target }) {
  if (target.stage !== undefined) return <StageKnobs stage={target.stage} />;
  if (target.kind === "network") return <NetworkKnobs />;
  if (target.kind === "predictions" || target.group?.kind === "head") return <HeadKnobs />;
  if (target.group?.kind === "image") return <ImageKnobs />;
  return null;
}

function NetworkKnobs() {
  return (
    <Section title="Settings">
      <ImageRows />
      <Row
        label="Norm"
        explain="Of stem, downsamplings and blocks; the head's own norm is a layer norm in any case."
      >
        <NormKnob />
      </Row>
      <HeadRows />
      <Row
        label="Family"
        explain="Whose official code names the weights in a checkpoint. It changes no layer and no number; weights find their place from one to the other."
      >
        <FamilyKnob />
      </Row>
    </Section>
  );
}

function ImageKnobs() {
  return (
    <Section title="Settings">
      <ImageRows />
    </Section>
  );
}

function HeadKnobs() {
  return (
    <Section title="Settings">
      <HeadRows />
    </Section>
  );
}

function ImageRows() {
  return (
    <>
      <Row
        label="Image size"
        explain="Side of the square image, in pixels. The stem divides it by 4, stages 2 to 4 by 2 each; MACs grow with its square, parameters do not change."
      >
        <ImageSizeKnob />
      </Row>
      <Row label="Input channels" explain="3 for colour images, 1 for grey ones.">
        <InChannelsKnob />
      </Row>
    </>
  );
}

function HeadRows() {
  const hasRatio = useEditor((state) => state.architecture.head.kind === "mlp");
  return (
    <>
      <Row label="Classes" explain="Number of outputs. ImageNet-1k has 1000.">
        <ClassCountKnob />
      </Row>
      <Row label="Head">
        <HeadKnob />
      </Row>
      {hasRatio && (
        <Row
          label="Head MLP ratio"
          explain="Hidden features of the head, as a multiple of the last stage's dim."
        >
          <HeadRatioKnob />
        </Row>
      )}
    </>
  );
}

const scopes = [
  { value: "stage", label: "This stage" },
  { value: "all", label: "All stages" },
] as const;

function StageKnobs({ stage }: { readonly stage: StageNumber }) {
  const scope = useEditor((state) => state.scope);
  const setScope = useEditor((state) => state.setScope);
  const mixer = useEditor((state) => state.architecture.stages[stage].tokenMixer);
  const knob: StageKnobProps = { stage, place: "inspector" };
  return (
    <Section title={scope === "all" ? "Settings of all stages" : `Settings of stage ${stage + 1}`}>
      <SegmentedControl label="Knobs turn" value={scope} options={scopes} onChange={setScope} />
      <Row label="Depth" explain="Blocks in the stage.">
        <DepthKnob {...knob} />
      </Row>
      <Row label="Dim" explain="Channels of every feature map in the stage.">
        <DimKnob {...knob} />
      </Row>
      <Row
        label="MLP ratio"
        explain="Hidden channels of a block's MLP, as a multiple of dim. Most of the parameters and MACs are here."
      >
        <MlpRatioKnob {...knob} />
      </Row>
      <Row label="Token mixer" explain="What mixes a pixel with its neighbours; the MLP only mixes channels.">
        <MixerKnob {...knob} />
      </Row>
      {knobsOfMixer(mixer).map(({ field, label, explain, control, isWide }) => (
        <Row key={field} label={label} explain={explain} wide={isWide ?? false}>
          {control(knob)}
        </Row>
      ))}
    </Section>
  );
}

/** @file Learn: what the Inception depthwise convolution is, why MACs do not tell speed, how every number is obtained. */
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { branchesOfMixer } from "../../editor/mixers/table.ts";
import { useEditor } from "../../editor/store/react.tsx";
import { namingOf } from "../../model/graph/naming.ts";
import panel from "../panel/panel.module.css";
import { useSession } from "../session/react.tsx";
import { shortcuts } from "../words/shortcuts.ts";
import { BranchFigure } from "./BranchFigure.tsx";
import styles from "./learn.module.css";
import { numbers } from "./numbers.ts";

export function LearnPanel() {
  return (
    <div className={`${panel["panel"]} ${styles["learn"]}`}>
      <Mixer />
      <Traffic />
      <Numbers />
      <Keys />
      <Browsers />
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={panel["section"]} aria-label={title}>
      <h3 className={panel["heading"]}>{title}</h3>
      {children}
    </section>
  );
}

function Mixer() {
  const { editor, view } = useSession();
  const architecture = useEditor((state) => state.architecture);
  const [stage] = architecture.stages;
  const convolved = branchesOfMixer(stage.dim, stage.tokenMixer).filter(
    ({ kernel, state }) => kernel && state === "on",
  );
  const passing = convolved.reduce((left, { channels }) => left - channels, stage.dim);
  const showIt = () => {
    const names = namingOf(architecture);
    editor.getState().setView(0, { open: true, block: 0, mixer: true });
    editor.getState().select(`${names.block(0, 0)}.${names.tokenMixer}`);
    view.closeSheet();
  };
  return (
    <Section title="One convolution, four branches">
      <p>
        A block of a modern convolutional network first mixes pixels, then channels. ConvNeXt mixes pixels
        with a 7 × 7 depthwise convolution: one kernel for every channel. That is few multiplications, and yet
        slow, because every pixel of every channel is read 49 times.
      </p>
      <BranchFigure />
      <p>
        InceptionNeXt splits the channels instead. At the paper’s branch ratio of 1/8, five eighths pass
        through untouched. Three small groups are convolved: one with a square kernel, one with a wide band
        1 × k, one with a tall band k × 1. Two bands together see as far as a large square, at 2k reads
        instead of k².
      </p>
      {convolved.length === 3 && (
        <p>
          In stage 1 of the network on the canvas, {passing} of {stage.dim} channels pass through and{" "}
          {convolved[0]?.channels} go to each of the three convolutions.
        </p>
      )}
      <div>
        <Button icon={<ChevronRight />} onClick={showIt}>
          Show it on the canvas
        </Button>
      </div>
    </Section>
  );
}

function Traffic() {
  const { editor, view } = useSession();
  const selectStage = () => {
    editor.getState().select("stages.2");
    view.turnTo("inspector");
  };
  return (
    <Section title="Why MACs do not tell the time">
      <p>
        A MAC is one multiplication and one addition. A processor does thousands at once, but only if the
        numbers arrive in time. A 1 × 1 convolution uses each number it reads hundreds of times: arithmetic is
        its limit. A depthwise convolution uses it a few dozen times at best: memory is its limit, and its
        MACs say little.
      </p>
      <p>
        So the paper’s InceptionNeXt-T needs about as many MACs as ConvNeXt-T and is 1.2 times as fast at
        inference on an A100. What it is on your device, Measure tells: both run in turn, so that nothing but
        the networks differs.
      </p>
      <div className={styles["row"]}>
        <Button icon={<ChevronRight />} onClick={() => view.turnTo("measure")}>
          Measure it
        </Button>
        <Button icon={<ChevronRight />} onClick={selectStage}>
          Turn a knob of stage 3
        </Button>
      </div>
    </Section>
  );
}

function Numbers() {
  return (
    <Section title="How every number is obtained">
      <dl className={styles["numbers"]}>
        {numbers.map(({ name, meaning, how }) => (
          <div key={name}>
            <dt>
              {name} <span>{how}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Keys() {
  return (
    <Section title="Keyboard">
      <dl className={styles["keys"]}>
        {shortcuts.map(({ keys, effect }) => (
          <div key={effect}>
            <dt>{keys}</dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Browsers() {
  return (
    <Section title="Browsers">
      <p>
        The network runs on the graphics processor where the browser has WebGPU: Chrome and Edge from 113 on,
        Safari from 26, Firefox from 141 on Windows. Everywhere else, and where WebGPU is only emulated, it
        runs in WebAssembly on the processor. The button in the bar above says which, and why.
      </p>
      <p>
        Nothing leaves your device: pictures and checkpoints that you give are read here and sent nowhere.
      </p>
    </Section>
  );
}

/** @file What each number means and how it is obtained; the same words as the README's table. */

export interface ExplainedNumber {
  readonly name: string;
  readonly how: "counted" | "measured";
  readonly meaning: string;
}

export const numbers: readonly ExplainedNumber[] = [
  {
    name: "Parameters",
    how: "counted",
    meaning: "Trainable numbers. Running statistics of batch norm are not trained and do not count.",
  },
  {
    name: "MACs",
    how: "counted",
    meaning:
      "Multiply-accumulates of convolutions and linear layers, for one image. Papers print them under the name FLOPs; here FLOPs are 2 × MACs.",
  },
  {
    name: "Activations",
    how: "counted",
    meaning:
      "Elements that convolutions and linear layers write, for one image. A measure of memory traffic.",
  },
  {
    name: "Weight memory",
    how: "counted",
    meaning: "Weights and running statistics as 32-bit floats.",
  },
  {
    name: "Peak activation memory",
    how: "counted",
    meaning:
      "The most feature maps that exist at once when the layers run one after the other, for one image.",
  },
  {
    name: "Latency",
    how: "measured",
    meaning:
      "Time of one forward of a batch, from the call to the logits on the CPU: the median after warm-up.",
  },
  {
    name: "Throughput",
    how: "measured",
    meaning: "Images a second at the median latency.",
  },
  {
    name: "First run",
    how: "measured",
    meaning: "The first forward, compiling and uploading included. It never counts to the median.",
  },
  {
    name: "Ratio",
    how: "measured",
    meaning:
      "The median, over rounds, of two networks’ times in the same round. They run in turn, so drift hits both.",
  },
  {
    name: "Weights carried over",
    how: "counted",
    meaning: "Share of the parameters that keep the checkpoint’s values after an edit, tensor by tensor.",
  },
  {
    name: "Top-1 accuracy",
    how: "measured",
    meaning: "Share of labelled test images whose most probable class is the right one.",
  },
];

/**
 * @file The memory of activations: a few buffers that all networks of an engine use in turn.
 *
 * A forward reads nothing that an earlier one left, so networks that never run at the same time can share it.
 */

/** Memory is kept while it is no more than so many times what is needed. */
const mostSlack = 4;

export class Arena {
  readonly #device: GPUDevice;
  #buffers: readonly GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  get bytes(): number {
    return this.#buffers.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Buffers of at least these many bytes each, largest first. They are the same as before where those fit and are not far
   * too large; otherwise what was given out before is destroyed.
   */
  take(sizes: readonly number[]): readonly GPUBuffer[] {
    const needed = sizes.reduce((sum, size) => sum + size, 0);
    const fits = sizes.every((size, index) => size <= (this.#buffers[index]?.size ?? 0));
    if (fits && this.bytes <= mostSlack * needed) return this.#buffers;
    this.dispose();
    this.#buffers = sizes.map((size) =>
      this.#device.createBuffer({
        label: "activations",
        size,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      }),
    );
    return this.#buffers;
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#buffers = [];
  }
}

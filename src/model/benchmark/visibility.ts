/** @file Whether anybody sees the page: told by the page, asked by what measures. */

/** Browsers slow hidden pages down, so what ran in one cannot be believed. */
export class Visibility {
  #isHidden = false;
  #wasHidden = false;
  #onSeen: (() => void)[] = [];

  get isHidden(): boolean {
    return this.#isHidden;
  }

  setHidden(isHidden: boolean): void {
    this.#isHidden = isHidden;
    if (isHidden) {
      this.#wasHidden = true;
      return;
    }
    for (const seen of this.#onSeen) seen();
    this.#onSeen = [];
  }

  /** Whether the page has been hidden at any moment since this was last asked. */
  takeHidden(): boolean {
    const was = this.#wasHidden;
    this.#wasHidden = this.#isHidden;
    return was;
  }

  /** Ends when the page is seen; rejects with the signal's reason. */
  async seen(signal?: AbortSignal): Promise<void> {
    if (!this.#isHidden) return;
    await new Promise<void>((resolve, reject) => {
      this.#onSeen.push(resolve);
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }
}

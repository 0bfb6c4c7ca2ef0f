const PAGE_BITS = 8_192;

/** A set of whole numbers >= 0 that lie mostly close together: one bit each, in pages of 1 KB. */
export class NumberSet {
  readonly #pages = new Map<number, Uint8Array>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(n: number): boolean {
    const page = Number.isInteger(n) ? this.#pages.get(Math.floor(n / PAGE_BITS)) : undefined;
    return page !== undefined && ((page[(n % PAGE_BITS) >> 3] ?? 0) & (1 << (n & 7))) !== 0;
  }

  add(n: number): void {
    if (this.has(n)) return;
    const key = Math.floor(n / PAGE_BITS);
    const page = this.#pages.get(key) ?? new Uint8Array(PAGE_BITS / 8);
    this.#pages.set(key, page);
    const at = (n % PAGE_BITS) >> 3;
    page[at] = (page[at] ?? 0) | (1 << (n & 7));
    this.#size += 1;
  }
}

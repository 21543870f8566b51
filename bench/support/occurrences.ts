/** Counts how often some bytes come in a stream that is cut anywhere. */
export class Occurrences {
  readonly #marker: Buffer;
  #rest: Buffer = Buffer.alloc(0);
  count = 0;

  constructor(marker: string) {
    this.#marker = Buffer.from(marker);
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const { length } = this.#marker;
    let from = 0;
    for (let at = bytes.indexOf(this.#marker); at !== -1; at = bytes.indexOf(this.#marker, from)) {
      this.count += 1;
      from = at + length;
    }
    this.#rest = Buffer.from(bytes.subarray(Math.max(from, bytes.length - length + 1)));
  }
}

import { argon2 } from 'node:crypto';

/** What one guess costs. */
export type Argon2Cost = { memoryKiB: number; passes: number; parallelism: number };

export type Argon2Input = Argon2Cost & { password: string; salt: Buffer; tagBytes: number };

export type Argon2 = {
  /** The tag of argon2id (RFC 9106), or null when too many are waiting already. */
  derive(input: Argon2Input): Promise<Buffer> | null;
};

/**
 * Each run takes one of libuv's four threads, its memory and tens of milliseconds of a CPU. So only a few run at once,
 * which leaves threads for files and names, and only so many wait that the last is served within a second or so.
 */
export class BoundedArgon2 implements Argon2 {
  readonly #atOnce: number;
  readonly #waiting: number;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor({ atOnce, waiting }: { atOnce: number; waiting: number }) {
    this.#atOnce = atOnce;
    this.#waiting = waiting;
  }

  derive(input: Argon2Input): Promise<Buffer> | null {
    if (this.#running >= this.#atOnce && this.#queue.length >= this.#waiting) return null;
    return this.#inTurn(input);
  }

  async #inTurn(input: Argon2Input): Promise<Buffer> {
    if (this.#running < this.#atOnce) this.#running += 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await argon2id(input);
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

function argon2id({ password, salt, tagBytes, memoryKiB, passes, parallelism }: Argon2Input): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: password, nonce: salt, tagLength: tagBytes, memory: memoryKiB, passes, parallelism },
      (error, tag) => (error === null ? resolve(tag) : reject(error)),
    );
  });
}

import { createHmac, randomBytes } from 'node:crypto';

/** Whose password it was, as of which version of the account. */
export type Proof = { uid: number; version: number };

const LIFETIME_MS = 60_000;
const MOST = 1_000;

/**
 * A client that sends a password with each request would cost an argon2 each. So what was proven is remembered for a
 * minute, in memory only, under a key that only this process has; whoever relies on it compares the version of the account,
 * which any change to it makes another one. Proofs of the same credential under way are one.
 */
export class ProvenCredentials {
  readonly #key = randomBytes(32);
  readonly #proofs = new Map<string, Proof & { until: number }>();
  readonly #underWay = new Map<string, Promise<Proof>>();

  keyOf(login: string, password: string): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([login, password]))
      .digest('base64');
  }

  find(key: string): Proof | null {
    const proof = this.#proofs.get(key);
    if (proof === undefined) return null;
    if (proof.until > performance.now()) return proof;
    this.#proofs.delete(key);
    return null;
  }

  /** Proves a credential, as somebody at this address, and remembers it when that goes well. */
  async prove(key: string, address: string, prove: () => Promise<Proof>): Promise<Proof> {
    const attempt = `${key} ${address}`;
    const underWay = this.#underWay.get(attempt);
    if (underWay !== undefined) return await underWay;
    const proving = prove();
    this.#underWay.set(attempt, proving);
    try {
      const proof = await proving;
      this.#remember(key, proof);
      return proof;
    } finally {
      this.#underWay.delete(attempt);
    }
  }

  #remember(key: string, { uid, version }: Proof): void {
    this.#proofs.delete(key);
    const [oldest] = this.#proofs.keys();
    if (oldest !== undefined && this.#proofs.size >= MOST) this.#proofs.delete(oldest);
    this.#proofs.set(key, { uid, version, until: performance.now() + LIFETIME_MS });
  }
}

import { deserialize } from 'node:v8';
import type { SNAPSHOT_LIMITS } from '../protocol.ts';
import { cloneEnv } from './clone-env.ts';

const FORMAT = 1;

/** The JavaScript twin of env_saver.py: when a snapshot of `env` is worth sending, and how one is restored. */
export class EnvSaver {
  readonly #limits: typeof SNAPSHOT_LIMITS;
  /** Null when whatever comes next, also an empty env, takes the place of a snapshot that is of no use. */
  #sent: string | null = frameOf([], '');
  #text = '';
  #notBefore = 0;

  constructor(limits: typeof SNAPSHOT_LIMITS) {
    this.#limits = limits;
  }

  /** The env of a snapshot; throws, with a reason that ends a sentence, when it is of no use. */
  restore(text: string): unknown {
    this.#sent = null;
    const snapshot = parsed(text);
    if (snapshot === null) throw new Error('it cannot be read');
    if (snapshot.language !== 'javascript' || snapshot.format !== FORMAT)
      throw new Error(`it is one of ${snapshot.language}, format ${snapshot.format}`);
    let env: unknown;
    try {
      env = deserialize(Buffer.from(snapshot.env, 'base64'));
    } catch (error) {
      throw new Error(`it cannot be read: ${error instanceof Error ? error.message : error}`);
    }
    this.#sent = frameOf([], text);
    this.#text = text;
    return env;
  }

  /** What there is to send, even if another large one is not yet due. */
  takeNow(env: unknown): string | null {
    this.#notBefore = 0;
    return this.take(env);
  }

  /** The payload of a snapshot frame after a good invocation; null when there is nothing new. Never throws. */
  take(env: unknown): string | null {
    let frame: string | null;
    try {
      frame = this.#look(env);
    } catch (error) {
      // A Proxy of the function's may throw whatever it likes; what was saved last stays.
      frame = frameOf(
        [{ path: 'env', type: `unreadable: ${error instanceof Error ? error.name : typeof error}` }],
        this.#text,
      );
    }
    if (frame === null || frame === this.#sent) return null;
    this.#sent = frame;
    this.#text = frame.slice(frame.indexOf('\n') + 1);
    return frame;
  }

  #look(env: unknown): string | null {
    if (isEmpty(env)) return frameOf([], '');
    const now = performance.now();
    if (now < this.#notBefore) return null;
    const { largeBytes, largeEveryMs, maxBytes } = this.#limits;
    const clone = cloneEnv(env, maxBytes);
    const text = clone.bytes === null ? '' : textOf(clone.bytes);
    const tooLarge = clone.tooLarge || text.length > maxBytes;
    if (tooLarge || text.length > largeBytes) this.#notBefore = now + largeEveryMs;
    if (tooLarge) return frameOf([{ path: 'env', type: `larger than ${maxBytes / 1024} KiB` }], '');
    return frameOf(clone.notSaved, text);
  }
}

function frameOf(notSaved: readonly { path: string; type: string }[], text: string): string {
  return `${JSON.stringify(notSaved)}\n${text}`;
}

function textOf(bytes: Buffer): string {
  return `{"language":"javascript","format":${FORMAT},"env":"${bytes.toString('base64')}"}`;
}

function isEmpty(env: unknown): boolean {
  if (env === null || env === undefined) return true;
  return typeof env === 'object' && Object.getPrototypeOf(env) === Object.prototype && Object.keys(env).length === 0;
}

type SnapshotText = { language: string; format: number; env: string };

function parsed(text: string): SnapshotText | null {
  try {
    const { language, format, env } = JSON.parse(text);
    if (typeof language !== 'string' || typeof format !== 'number' || typeof env !== 'string') return null;
    return { language, format, env };
  } catch {
    return null;
  }
}

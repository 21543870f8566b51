import { serialize } from 'node:v8';
import type { NotSaved } from '#lib/schemas/function';

const MAX_DEPTH = 200;
const MAX_REPORTED = 10;

/** Structured clone keeps these; an instance of any other class would come back without its prototype. */
const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
const wholes = new Set<object>([Date, RegExp, ArrayBuffer, DataView, Buffer, ...errors].map((each) => each.prototype));
const typedArrays = Object.getPrototypeOf(Uint8Array.prototype);

/** Without `bytes` there is nothing to keep. */
type EnvClone = { bytes: Buffer | null; tooLarge: boolean; notSaved: NotSaved[] };

/**
 * `env` as a structured clone. An entry that holds anything unclonable is left out as a whole and reported by path; the
 * others are cloned together, so that what they share stays shared. `maxBytes` ends the work early, and not exactly.
 */
export function cloneEnv(env: unknown, maxBytes: number): EnvClone {
  const walk = new Walk(maxBytes);
  if (!isPlain(env)) return cloneWhole(env, walk);
  const kept: Record<string, unknown> = {};
  const notSaved: NotSaved[] = [];
  for (const key of Object.keys(env)) {
    const fault = attempt(() => walk.faultIn(env[key], 0));
    if (fault === null) define(kept, key, env[key]);
    else notSaved.push({ path: `env${step(key)}${fault.path}`, type: fault.type });
    if (walk.tooLarge) return { bytes: null, tooLarge: true, notSaved: [] };
  }
  let bytes = cloned(kept);
  if (bytes === null) {
    // Something that looks clonable and is not, such as a Proxy: found entry by entry.
    for (const key of Object.keys(kept)) {
      if (cloned(kept[key]) !== null) continue;
      notSaved.push({ path: `env${step(key)}`, type: typeName(kept[key]) });
      delete kept[key];
    }
    bytes = cloned(kept);
  }
  const empty = Object.keys(kept).length === 0;
  return { bytes: empty ? null : bytes, tooLarge: false, notSaved: notSaved.slice(0, MAX_REPORTED).map(short) };
}

function cloneWhole(env: unknown, walk: Walk): EnvClone {
  const fault = attempt(() => walk.faultIn(env, 0));
  if (walk.tooLarge) return { bytes: null, tooLarge: true, notSaved: [] };
  const bytes = fault === null ? cloned(env) : null;
  if (bytes !== null) return { bytes, tooLarge: false, notSaved: [] };
  return {
    bytes: null,
    tooLarge: false,
    notSaved: [short({ path: `env${fault?.path ?? ''}`, type: fault?.type ?? typeName(env) })],
  };
}

/** Looks for what a structured clone would refuse or change. A fault's path is relative to where the search began. */
class Walk {
  #room: number;
  #seen = new Set<object>();

  constructor(room: number) {
    this.#room = room;
  }

  get tooLarge(): boolean {
    return this.#room < 0;
  }

  faultIn(value: unknown, depth: number): NotSaved | null {
    this.#room -= typeof value === 'string' ? value.length : 1;
    if (typeof value === 'function' || typeof value === 'symbol') return { path: '', type: typeof value };
    if (typeof value !== 'object' || value === null || this.tooLarge || this.#seen.has(value)) return null;
    this.#seen.add(value);
    const fault = depth > MAX_DEPTH ? { path: '', type: 'nested too deeply' } : this.#inside(value, depth + 1);
    // What has been seen in an entry that is left out has not been found good.
    if (fault !== null) this.#seen = new Set();
    return fault;
  }

  #inside(value: object, depth: number): NotSaved | null {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (Array.isArray(value) && prototype === Array.prototype) return this.#items(value, depth);
    if (prototype === Object.prototype || prototype === null) return this.#members(value, depth);
    if (value instanceof Map && prototype === Map.prototype) return this.#entries(value, depth);
    if (value instanceof Set && prototype === Set.prototype) return this.#items([...value], depth);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) this.#room -= value.byteLength;
    if (typeof prototype !== 'object' || prototype === null) return { path: '', type: typeName(value) };
    if (wholes.has(prototype) || isBuiltInView(prototype)) return null;
    return { path: '', type: typeName(value) };
  }

  #items(values: readonly unknown[], depth: number): NotSaved | null {
    if (values.length > this.#room) {
      this.#room = -1;
      return null;
    }
    for (const [index, item] of values.entries()) {
      const fault = this.faultIn(item, depth);
      if (fault !== null) return { path: `[${index}]${fault.path}`, type: fault.type };
    }
    return null;
  }

  #members(value: object, depth: number): NotSaved | null {
    for (const [key, item] of Object.entries(value)) {
      this.#room -= key.length;
      const fault = this.faultIn(item, depth);
      if (fault !== null) return { path: step(key) + fault.path, type: fault.type };
    }
    return null;
  }

  #entries(map: ReadonlyMap<unknown, unknown>, depth: number): NotSaved | null {
    for (const [key, item] of map) {
      const fault = this.faultIn(key, depth) ?? this.faultIn(item, depth);
      if (fault !== null)
        return { path: `[${typeof key === 'object' ? typeName(key) : String(key)}]${fault.path}`, type: fault.type };
    }
    return null;
  }
}

function isBuiltInView(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === typedArrays;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A getter or a Proxy of the function's may throw whatever it likes. */
function attempt(look: () => NotSaved | null): NotSaved | null {
  try {
    return look();
  } catch (error) {
    return { path: '', type: `unreadable: ${error instanceof Error ? error.message : typeof error}` };
  }
}

function cloned(value: unknown): Buffer | null {
  try {
    return serialize(value);
  } catch {
    return null;
  }
}

/** Also for a key such as `__proto__`. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function step(key: string): string {
  return /^[\p{L}_$][\p{L}\d_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 40))}]`;
}

function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  try {
    const name: unknown = value.constructor?.name;
    return typeof name === 'string' && name !== '' ? name : 'object';
  } catch {
    return 'object';
  }
}

function short({ path, type }: NotSaved): NotSaved {
  return { path: path.slice(0, 200), type: type.slice(0, 100) };
}

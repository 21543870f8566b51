import type { FieldCode } from './schemas/field-code.ts';

/**
 * Every way a verb can refuse, as a closed set that each transport maps once. `exists`: somebody else has that name;
 * `conflict`: a save was based on an older version than the `current` one; `limited`: too much, or too many failures, wait;
 * `busy`: too much at once here, try again; `in_use`: it cannot be done while something else is as it is; `ended`: it is
 * over already.
 */
export type ErrorCode =
  | 'not_found'
  | 'invalid'
  | 'unavailable'
  | 'unauthenticated'
  | 'forbidden'
  | 'exists'
  | 'conflict'
  | 'limited'
  | 'busy'
  | 'in_use'
  | 'ended';

/**
 * What is wrong with one field of an input; the path is dotted, and '' is the input as a whole. `limit`: the number that
 * the rule names, such as the most characters.
 */
export type FieldProblem = { path: string; code: FieldCode; limit?: number; message: string };

type VigiaErrorOptions = ErrorOptions & {
  fields?: readonly FieldProblem[];
  retryAfterSeconds?: number;
  /** With `conflict`: what is there now, as it may be shown to the caller. */
  current?: unknown;
  /** With `limited`, where something is counted: what, how much of it there may be, and how much there is. */
  limit?: Limit;
};

export type Limit = { name: string; most: number; now: number };

/** The pages are bundled with a copy of this module, and what the process and they share throws either copy's error. */
const BRAND = Symbol.for('vigia.error');

export class VigiaError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly current: unknown;
  readonly limit: Limit | undefined;

  constructor(code: ErrorCode, message: string, options: VigiaErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'VigiaError';
    this.code = code;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.current = options.current;
    this.limit = options.limit;
  }

  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return typeof thrown === 'object' && thrown !== null && BRAND in thrown;
  }
}

/** Redis did not answer, or not in time. */
export function isUnavailable(thrown: unknown): boolean {
  return thrown instanceof VigiaError && thrown.code === 'unavailable';
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

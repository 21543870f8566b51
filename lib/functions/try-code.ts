import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import type { TryEnv, TryReport } from '#lib/schemas/try';
import type { Handed } from './deploy-code.ts';

/** What is tried: code that is handed in, a version that is kept, or else the version that is to run. */
export type Trial = {
  name: string;
  code?: Handed;
  version?: number;
  /** Instead of the one that the function's settings name. */
  handler?: string;
  /** JSON to call it with, instead of the text of the input key. */
  input?: string;
  env?: TryEnv;
};

/**
 * Runs code once, as the function would be called now, in a host of its own on some runtime; nothing of the function
 * changes. `unavailable`: no runtime is there to run it, or the one that did has ended; `busy`: too many are under way;
 * `invalid`: the code or the pasted input cannot be used; `not_found`: no such function or version, or its input key is empty.
 */
export async function tryCode(_ctx: Context, _caller: Caller | null, _trial: Trial): Promise<TryReport> {
  throw new VigiaError('unavailable', 'No runtime is there to run it');
}

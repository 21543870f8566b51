import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid } from '#lib/parse-input';
import { withRedis } from '#lib/redis';
import type { TryInput } from '#lib/schemas/try';
import { digestOf, MAX_TEXT_BYTES, readInputText, TOO_LARGE } from './input-text.ts';
import { keptTextOf } from './invocation-entries.ts';
import { parseState } from './state-of.ts';

/** What code is tried with: all of it, and what of it is shown. */
type ChosenInput = { text: Buffer; shown: TryInput };

/** It reaches the code as it is: parsed here, 20.0 would become 20. */
export function pastedInput(text: string): ChosenInput {
  const bytes = Buffer.from(text);
  if (bytes.length > MAX_TEXT_BYTES) throw invalid([{ path: 'input', code: 'too_large', message: TOO_LARGE }]);
  try {
    JSON.parse(text);
  } catch (error) {
    const message = `not JSON: ${error instanceof Error ? error.message : error}`;
    throw invalid([{ path: 'input', code: 'not_json', message }], { cause: error });
  }
  return { text: bytes, shown: { ...keptTextOf(text), from: 'pasted', changedAt: null } };
}

/** The text of the function's input key at this moment; that it is JSON is for the code to find out, as in any tick. */
export async function liveInput(ctx: Context, name: string, key: string): Promise<ChosenInput> {
  const [text, written] = await withRedis(() =>
    Promise.all([readInputText(ctx, key), ctx.redis.get(ctx.keys.functionState(name))]),
  );
  if (text === undefined) throw new VigiaError('not_found', `Nothing has been written to the key ${key}`);
  if (typeof text === 'string')
    throw invalid([{ path: 'input', code: 'unusable', message: `the key ${key} is ${text}` }]);
  const seen = parseState(written)?.input;
  const changedAt = seen?.digest === digestOf(text) ? seen.changedAt : null;
  return { text, shown: { ...keptTextOf(text.toString('utf8')), from: 'live', changedAt } };
}

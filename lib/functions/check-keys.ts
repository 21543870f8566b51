import type { Context } from '#lib/context';
import { type FieldProblem, VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { settingsInForce } from './layers.ts';
import { allRecords, type Wanted } from './records.ts';

/**
 * The rules that tie the keys of a function to one another and to those of others: nobody writes into Vigia's own keys,
 * no function feeds itself, and no two write the same key, where each would undo the other's work. Functions may feed one
 * another, in a circle too: each goes on at its own period.
 */
export async function checkKeys(ctx: Context, record: Wanted): Promise<void> {
  const { inputKey, outputKey } = settingsInForce(record);
  const fields: FieldProblem[] = [];
  const prefix = ctx.config.redis.keyPrefix;
  for (const [path, key] of Object.entries({ inputKey, outputKey })) {
    if (key.startsWith(prefix))
      fields.push({ path, code: 'reserved_key', message: `must not start with ${prefix}: those keys are Vigia's own` });
  }
  if (inputKey === outputKey)
    fields.push({
      path: 'outputKey',
      code: 'same_as_input',
      message: 'must not be the input key: it would feed itself',
    });
  const other = await writerOf(ctx, outputKey, record.name);
  if (other !== null)
    fields.push({ path: 'outputKey', code: 'output_of_other', message: `is the output key of ${other} already` });
  if ((await withRedis(() => ctx.redis.exists(ctx.keys.collector(outputKey)))) === 1)
    fields.push({ path: 'outputKey', code: 'collected_key', message: 'must not be the key that a collector writes' });
  if (fields.length > 0) throw new VigiaError('invalid', 'These keys cannot be used', { fields });
}

/** The other function that writes this key. */
async function writerOf(ctx: Context, outputKey: string, exceptName: string): Promise<string | null> {
  const others = (await allRecords(ctx)).filter(({ name }) => name !== exceptName);
  return others.find((other) => settingsInForce(other).outputKey === outputKey)?.name ?? null;
}

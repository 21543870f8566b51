import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import type { FunctionRecord } from '#lib/schemas/record';
import { readRecord } from './records.ts';

/** What is wanted of a function and who wanted it, for admins; `not_found` when nobody has declared or made it. */
export async function readSettings(
  ctx: Context,
  caller: Caller | null,
  { name }: { name: string },
): Promise<FunctionRecord> {
  asAdmin(caller);
  return await readRecord(ctx, name);
}

import type { Context } from '#lib/context';
import type { Caller } from './caller.ts';
import { readRecord } from './user-record.ts';

/** Whether who was let in with a role still has it. */
export async function stillHolds(ctx: Context, { uid, role }: Caller): Promise<boolean> {
  const record = await readRecord(ctx, uid);
  return record !== null && !record.disabled && record.role === role;
}

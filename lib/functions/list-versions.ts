import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import type { ListedVersion } from '#lib/schemas/record';
import { readRecord } from './records.ts';
import { noSuchVersion, versionsOf } from './versions.ts';

/** Every version of a function's code, the newest first; for admins. */
export async function listVersions(
  ctx: Context,
  caller: Caller | null,
  { name }: { name: string },
): Promise<ListedVersion[]> {
  asAdmin(caller);
  await readRecord(ctx, name);
  return await versionsOf(ctx, name);
}

/** One of them; `not_found` when the function never had it, or has dropped it. */
export async function readListedVersion(
  ctx: Context,
  caller: Caller | null,
  { name, number }: { name: string; number: number },
): Promise<ListedVersion> {
  const version = (await listVersions(ctx, caller, { name })).find((each) => each.number === number);
  if (version === undefined) throw noSuchVersion(name, number);
  return version;
}

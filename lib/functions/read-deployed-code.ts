import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { readCode } from './keep-code.ts';

/** The text or archive of a version of a function's code, for admins; null when it is not kept any more. */
export async function readDeployedCode(
  ctx: Context,
  caller: Caller | null,
  { name, sha256 }: { name: string; sha256: string },
): Promise<Buffer | null> {
  asAdmin(caller);
  return await readCode(ctx, name, sha256);
}

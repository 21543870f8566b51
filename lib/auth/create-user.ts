import type { Context } from '#lib/context';
import { parseInput } from '#lib/parse-input';
import { type NewUser, newUser, type User } from '#lib/schemas/account';
import { requireAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { nameTaken, noSuchUser } from './change-account.ts';
import { hashPassword } from './password-hash.ts';
import { generatePassword } from './secrets.ts';
import { storeUser } from './store-user.ts';
import { readRecord, shownUser } from './user-record.ts';

type CreatedUser = {
  user: User;
  /** To be shown once; null when the admin chose the password. */
  generatedPassword: string | null;
};

/** By an admin; `exists` when somebody has the name, in whatever case. */
export async function createUser(ctx: Context, caller: Caller, input: NewUser): Promise<CreatedUser> {
  requireAdmin(caller);
  const { name, role, password } = parseInput(newUser, input);
  const generatedPassword = password === undefined ? generatePassword() : null;
  const hash = await hashPassword(ctx, password ?? generatedPassword ?? '');
  const uid = await storeUser(ctx, { name, role, password: hash, number: 'next' });
  if (uid === null) throw nameTaken();
  ctx.log.info({ uid, role, by: caller.uid }, 'user created');
  const record = await readRecord(ctx, uid);
  if (record === null) throw noSuchUser(uid);
  return { user: shownUser(record), generatedPassword };
}

import { type User, user as userSchema } from '#lib/schemas/account';
import { identity, userList } from '#lib/schemas/api';
import type { ApiClient } from '../../api/client.ts';
import { EXIT } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';

const isUid = (text: string) => /^\d{1,15}$/.test(text);
const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** The account of a name, whatever its case, or of a uid. */
export async function userNamed(api: ApiClient, nameOrUid: string): Promise<User> {
  if (isUid(nameOrUid)) return await api.call('GET', `/users/${nameOrUid}`, userSchema);
  const { users } = await api.call('GET', '/users', userList);
  const found = users.find(({ name }) => isSame(name, nameOrUid));
  if (found === undefined) throw new Failure(EXIT.notFound, `There is no user ${nameOrUid}`);
  return found;
}

/** Its number alone, which everybody may ask for who means themselves. */
export async function uidOf(api: ApiClient, nameOrUid: string): Promise<number> {
  if (isUid(nameOrUid)) return Number(nameOrUid);
  const me = await api.call('GET', '/session', identity);
  return isSame(me.name, nameOrUid) ? me.uid : (await userNamed(api, nameOrUid)).uid;
}

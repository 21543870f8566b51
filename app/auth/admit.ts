import 'server-only';
import { notFound, redirect } from 'next/navigation';
import type { Caller } from '#lib/auth/caller';
import { mayRead } from '#lib/auth/require-reader';
import { getContext } from '../context.ts';
import { currentCaller } from './current-caller.ts';
import { signInPath } from './next-path.ts';

/** Lets in who may see live data; sends others to sign in, and from there back to `path`. */
export async function admitReader(path: string): Promise<void> {
  const { config } = await getContext();
  if (mayRead(config, null)) return;
  if (!mayRead(config, await currentCaller())) redirect(signInPath(path));
}

/** Lets in who is signed in. */
export async function admitUser(path: string): Promise<Caller> {
  const caller = await currentCaller();
  if (caller === null) redirect(signInPath(path));
  return caller;
}

/** Lets in admins; for others there is no such page. What it shows is decided again by the verbs. */
export async function admitAdmin(path: string): Promise<Caller> {
  const caller = await admitUser(path);
  if (caller.role !== 'admin') notFound();
  return caller;
}

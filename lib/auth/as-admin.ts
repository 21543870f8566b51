import { VigiaError } from '#lib/errors';
import type { Actor } from '#lib/schemas/record';
import { requireAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';

/** What only admins may do; returns them as whoever did it. */
export function asAdmin(caller: Caller | null): Actor {
  if (caller === null) throw new VigiaError('unauthenticated', 'Sign in first');
  requireAdmin(caller);
  return { kind: 'user', uid: caller.uid, name: caller.name };
}

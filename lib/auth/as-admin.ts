import { VigiaError } from '#lib/errors';
import type { Actor } from '#lib/schemas/record';
import type { Caller } from './caller.ts';

/** What only admins may do; returns them as whoever did it. */
export function asAdmin(caller: Caller | null): Actor {
  if (caller === null || caller.role !== 'admin') throw new VigiaError('forbidden', 'Only admins may do this');
  return { kind: 'user', uid: caller.uid, name: caller.name };
}

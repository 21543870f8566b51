import { VigiaError } from '#lib/errors';
import type { Caller } from './caller.ts';

export function requireAdmin(caller: Caller): void {
  if (caller.role !== 'admin') throw new VigiaError('forbidden', 'Only an admin may do this');
}

/** Before anything is looked up, so that the answer does not tell whether there is such an account. */
export function requireSelfOrAdmin(caller: Caller, uid: number): void {
  if (caller.uid !== uid && caller.role !== 'admin') {
    throw new VigiaError('forbidden', 'Only an admin may do this with the account of somebody else');
  }
}

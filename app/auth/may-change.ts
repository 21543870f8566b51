import 'server-only';
import { ifAvailable } from '../if-available.ts';
import { currentCaller } from './current-caller.ts';

/** Whether to show who looks at this page the way to what only admins may change; not while that cannot be known. */
export async function mayChange(): Promise<boolean> {
  const caller = await ifAvailable(currentCaller());
  return caller?.role === 'admin';
}

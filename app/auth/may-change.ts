import 'server-only';
import { isUnavailable } from '#lib/errors';
import { currentCaller } from './current-caller.ts';

/** Whether to show who looks at this page the way to what only admins may change; not while that cannot be known. */
export async function mayChange(): Promise<boolean> {
  const caller = await currentCaller().catch((error: unknown) => {
    if (isUnavailable(error)) return null;
    throw error;
  });
  return caller?.role === 'admin';
}

import type { Config } from '#lib/config';
import { VigiaError } from '#lib/errors';
import type { Caller } from './caller.ts';

/** Whether this caller may see live data: everybody, unless `DASHBOARD_AUTH` says that only who is signed in may. */
export function mayRead(config: Config, caller: Caller | null): boolean {
  return caller !== null || config.accounts.dashboardAuth === 'none';
}

/** The same as a refusal: for the API, the pages and the live feed alike. */
export function requireReader(config: Config, caller: Caller | null): void {
  if (!mayRead(config, caller)) throw new VigiaError('unauthenticated', 'Sign in to see this');
}

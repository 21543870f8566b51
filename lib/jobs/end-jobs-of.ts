import * as z from 'zod';
import type { AccountState } from '#lib/auth/account-state';
import type { Context } from '#lib/context';
import { isUnavailable } from '#lib/errors';
import { JOB_DETAILS } from '#lib/schemas/job-details';
import { jobScript } from './job-script.ts';

/** Ended in one step, so that Redis is not held for long. */
const STEP = 200;

const endSome = jobScript(
  `
local uid, detail, most = args[1], args[2], tonumber(args[3])
local count = 0
for _, language in ipairs(languages) do
  for _, id in ipairs(redis.call('ZRANGE', waitingOf(uid, language), 0, most - 1 - count)) do
    unqueue(id, uid)
    finish(id, 'ERROR', 'cancelled', {'detail', detail})
    count = count + 1
  end
  if count == most then return count end
end
for _, id in ipairs(redis.call('ZRANGE', running, 0, -1)) do
  if field(id, 'uid') == uid then
    redis.call('HSETNX', jobPrefix .. id, 'cancelled', detail)
    redis.call('PUBLISH', cancelled, id)
  end
end
return count
`,
  z.int(),
);

/** What stands with a job that ended because of its user's account. */
export function accountGone(state: Exclude<AccountState, 'active'>): string {
  return { disabled: JOB_DETAILS.accountDisabled, deleted: JOB_DETAILS.accountDeleted }[state];
}

/**
 * Cancels what an account has waiting and running, because it is no longer one that may run jobs. Workers look at the account
 * again before they start a job, so while Redis does not answer there is nothing to be done here.
 */
export async function endJobsOf(
  ctx: Context,
  { uid, account }: { uid: number; account: Exclude<AccountState, 'active'> },
): Promise<void> {
  let ended = 0;
  try {
    for (let some = STEP; some === STEP; ended += some) some = await endSome(ctx, uid, accountGone(account), STEP);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    ctx.log.warn({ uid, account }, 'jobs of an account wait to be ended by the next worker');
  }
  if (ended > 0) ctx.log.info({ uid, account, jobs: ended }, 'waiting jobs of an account ended');
}

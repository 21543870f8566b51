import type { Context } from '#lib/context';
import { isUnavailable, messageOf } from '#lib/errors';
import { endLostJobs } from '#lib/jobs/end-lost-jobs';
import { pause } from '#lib/lifecycle';

const LOOK_MS = 2_000;

/** Looks for jobs whose worker is gone until it is disposed of, because there may be no other worker to do so. */
export function watchLostJobs(ctx: Context): AsyncDisposable {
  const stop = new AbortController();
  const watching = watch(ctx, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await watching;
    },
  };
}

async function watch(ctx: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await endLostJobs(ctx).catch((error: unknown) => {
      if (!isUnavailable(error)) ctx.log.error({ reason: messageOf(error) }, 'cannot look for lost jobs');
    });
    await pause(LOOK_MS, signal);
  }
}

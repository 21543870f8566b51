import * as z from 'zod';
import type { Context } from '#lib/context';
import { jobScript, MOST_ATTEMPTS } from './job-script.ts';

const handBack = jobScript(
  `
local id, run, detail, mostAttempts = unpack(args)
return isHeld(id, run) and giveUp(id, detail, mostAttempts) and 1 or 0
`,
  z.union([z.literal(0), z.literal(1)]),
);

/**
 * Gives up a run that has begun and will not end: true when the job waits again, because it may be started twice. Otherwise
 * it has ended as `lost`, or as `cancelled` where somebody had asked for that.
 */
export async function handBackJob(
  ctx: Context,
  { id, run }: { id: number; run: string },
  detail: string,
): Promise<boolean> {
  return (await handBack(ctx, id, run, detail, MOST_ATTEMPTS)) === 1;
}

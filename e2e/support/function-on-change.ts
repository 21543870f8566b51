import { expect } from 'vitest';
import { startFunctionsRole } from '#runtime/functions/role';
import type { roleSuite } from './role-suite.ts';
import type { LiveResult } from './role-under-test.ts';

/** A function that runs once for each write of its input. */
export async function functionOnChange(
  suite: ReturnType<typeof roleSuite>,
  settings: Record<string, string>,
  url?: string,
) {
  const defaults = { FUNCTION_INVOKE: 'change', MONITORING_PERIOD: '0.01' };
  const { under, input, output } = suite.surroundings({ ...defaults, ...settings }, url);
  const results = await under.results();
  suite.open.push(await startFunctionsRole(under.config, under.log));
  await expect.poll(() => under.logged('loaded').length, { timeout: 15_000 }).toBe(1);
  /** What comes of this input. */
  const run = async (value: unknown): Promise<LiveResult> => {
    await under.redis.set(input, typeof value === 'string' ? value : JSON.stringify(value));
    return await results.next();
  };
  return { under, input, output, results, run };
}

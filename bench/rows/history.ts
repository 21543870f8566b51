import { Redis } from 'ioredis';
import { loadConfig } from '#lib/config';
import { createContext } from '#lib/context';
import { readWindow } from '#lib/functions/read-window';
import { createLog } from '#lib/log';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { now, PERIOD_MS, writeFullHistory } from '../support/full-history.ts';
import { median } from '../support/statistics.ts';
import type { Family } from './row.ts';

const ID = 'history-30d';
const NAME = 'bench';
/** With the two of network and memory, 16 series. */
const CPUS = 14;
const DAYS_MS = 30 * 86_400_000;
const QUERIES = 5;

/** A query of 30 days of a history that is full, beside reading the same entries and doing nothing with them. */
export const history: Family = {
  ids: [ID],
  what: 'a query of 30 days',
  async measure(run) {
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await startRedis());
    const redis = new Redis(server.url);
    stack.defer(() => redis.disconnect());
    const log = createLog('bench', 'silent', () => {});
    const ctx = createContext(loadConfig({ REDIS_URL: server.url }), redis, log);
    run.say('history: filling 30 days');
    await writeFullHistory(ctx, NAME, CPUS);
    const tier = ctx.keys.historyTier(NAME, '15m');
    const query = { name: NAME, from: now - DAYS_MS, to: now, periodMs: PERIOD_MS };
    const values: number[] = [];
    const baseline: number[] = [];
    let series = 0;
    // The round before the first warms up and counts for nobody.
    for (let round = 0; round <= run.rounds; round += 1) {
      run.say(`history: round ${round} of ${run.rounds}`);
      const ours = await timeOf(async () => {
        series = (await readWindow(ctx, query)).series.length;
      });
      const theirs = await timeOf(() => redis.xrangeBuffer(tier, query.from, query.to));
      if (round === 0) continue;
      values.push(ours);
      baseline.push(theirs);
    }
    const budget = { of: 'median', limit: 'at most', value: 50 } as const;
    return [{ id: ID, what: `query of 30 days, ${series} series`, unit: 'ms', values, baseline, budget }];
  },
};

async function timeOf(query: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let each = 0; each < QUERIES; each += 1) {
    const startedAt = performance.now();
    await query();
    took.push(performance.now() - startedAt);
  }
  return median(took);
}

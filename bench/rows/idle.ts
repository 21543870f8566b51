import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../e2e/support/redis-server.ts';
import { cpuSecondsOf, memoryOf, processTree } from '../support/process-usage.ts';
import { needBuild, startRole } from '../support/roles.ts';
import { median } from '../support/statistics.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Family, Row } from './row.ts';

/** What a start leaves behind, such as compiling and the first page, is not idleness. */
const SETTLE_MS = 10_000;
/** One period of the collector and of the function, so that each round holds the same work. */
const ROUND_MS = 5_000;
const LEAST_ROUNDS = 4;

type Part = { memoryMb: number[]; cpuPercent: number[] };

/** `npm start` left alone with its defaults: embedded Redis, collector, the built-in function, nobody looking. */
export const idle: Family = {
  ids: ['idle-memory', 'idle-cpu'],
  what: 'the whole stack, idle',
  async measure(run) {
    needBuild();
    using folder = temporaryFolder();
    await using stack = await startRole('all', {
      VIGIA_HOME: folder.path,
      PORT: String(await freePort()),
      EMBEDDED_REDIS_PORT: '0',
    });
    run.say('idle: waiting for the start to be over');
    await sleep(SETTLE_MS);
    const parts = new Map<string, Part>();
    const total: Part = { memoryMb: [], cpuPercent: [] };
    const rounds = run.quick ? run.rounds : Math.max(run.rounds, LEAST_ROUNDS);
    for (let round = 1; round <= rounds; round += 1) {
      run.say(`idle: round ${round} of ${rounds}`);
      const watched = await watch(stack.pid, ROUND_MS);
      total.memoryMb.push(watched.reduce((sum, { memoryMb }) => sum + memoryMb, 0));
      total.cpuPercent.push(watched.reduce((sum, { cpuPercent }) => sum + cpuPercent, 0));
      for (const { name, memoryMb, cpuPercent } of watched) {
        const part = parts.get(name) ?? { memoryMb: [], cpuPercent: [] };
        parts.set(name, part);
        part.memoryMb.push(memoryMb);
        part.cpuPercent.push(cpuPercent);
      }
    }
    return rowsOf(total, parts).filter(({ id }) => run.wanted(id));
  },
};

async function watch(root: number, ms: number): Promise<{ name: string; memoryMb: number; cpuPercent: number }[]> {
  const before = [...processTree(root)].map(([pid, name]) => ({ pid, name, cpu: cpuSecondsOf(pid) }));
  const startedAt = performance.now();
  await sleep(ms);
  const seconds = (performance.now() - startedAt) / 1_000;
  return before.map(({ pid, name, cpu }) => ({
    name,
    memoryMb: memoryOf(pid) / 1e6,
    cpuPercent: ((cpuSecondsOf(pid) - cpu) / seconds) * 100,
  }));
}

function rowsOf(total: Part, parts: ReadonlyMap<string, Part>): Row[] {
  const breakdown = (figure: keyof Part, unit: string) =>
    [...parts].map(([name, part]) => `${name} ${median(part[figure]).toFixed(2)} ${unit}`);
  return [
    {
      id: 'idle-memory',
      what: 'whole stack idle: memory (PSS)',
      unit: 'MB',
      values: total.memoryMb,
      budget: { of: 'median', limit: 'at most', value: 300 },
      notes: breakdown('memoryMb', 'MB'),
    },
    {
      id: 'idle-cpu',
      what: 'whole stack idle: CPU of one core',
      unit: '%',
      values: total.cpuPercent,
      budget: { of: 'median', limit: 'at most', value: 2 },
      notes: breakdown('cpuPercent', '%'),
    },
  ];
}

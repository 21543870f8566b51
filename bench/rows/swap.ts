import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import * as z from 'zod';
import { deployCode } from '#lib/functions/deploy-code';
import { readEntries } from '#lib/functions/history-entries';
import { readVersion } from '#lib/functions/versions';
import type { HistoryEntry } from '#lib/schemas/history';
import { startRedis } from '../../e2e/support/redis-server.ts';
import type { ChildOrder } from '../support/child.ts';
import { inBench, need } from '../support/programs.ts';
import { operator, RunningFunctions } from '../support/running-functions.ts';
import { sampleText } from '../support/sample.ts';
import { median } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import type { Family, Row, Run } from './row.ts';

const INPUT_KEY = 'metrics';
const PERIOD_MS = 100;
const BEFORE_MS = 1_500;
const SWAP_MS = 20_000;
const LOOK_MS = 5;
const ANSWER_MS = 10_000;

const LANGUAGES = {
  python: {
    path: inBench('fixtures', 'handler.py'),
    remark: '#',
    loop: (url: string, path: string): ChildOrder => ({
      command: 'python3',
      args: [inBench('baseline', 'loop.py'), url, path, INPUT_KEY, 'loop-output'],
    }),
    once: { ms: 0.01 },
  },
  javascript: {
    path: inBench('fixtures', 'handler.mjs'),
    remark: '//',
    loop: (url: string, path: string): ChildOrder => ({
      command: process.execPath,
      args: [inBench('baseline', 'loops.mjs'), url, path, INPUT_KEY, 'loop-output'],
    }),
    once: { functions: 1 },
  },
} as const;
type Language = keyof typeof LANGUAGES;
const languages: readonly Language[] = ['python', 'javascript'];

const idsOf = (language: Language) => ({ swap: `swap-${language}`, held: `swap-${language}-held` });

/** A new version of a function that runs every 100 ms, beside a loop that is stopped and started again. */
export const swap: Family = {
  ids: languages.flatMap((language) => Object.values(idsOf(language))),
  what: 'a new version of a running function',
  async measure(run) {
    need('python3');
    const rows: Row[] = [];
    for (const language of languages)
      if (Object.values(idsOf(language)).some(run.wanted)) rows.push(...(await measureLanguage(run, language)));
    return rows.filter(({ id }) => run.wanted(id));
  },
};

async function measureLanguage(run: Run, language: Language): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const { url: redisUrl } = stack.use(await startRedis());
  const { path, remark } = LANGUAGES[language];
  const redis = new Redis(redisUrl);
  stack.defer(() => redis.disconnect());
  await redis.set(INPUT_KEY, sampleText);
  const running = stack.use(
    await RunningFunctions.start({
      redisUrl,
      inputKey: INPUT_KEY,
      path,
      periodMs: PERIOD_MS,
      isolation: 'own',
      invoke: 'tick',
    }),
  );
  await running.allHaveRun();
  const source = readFileSync(path, 'utf8');
  const swaps: Swap[] = [];
  const restarts: number[] = [];
  let loop = stack.use(await Subject.start(LANGUAGES[language].loop(redisUrl, path)));
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`a new version of a ${language} function: round ${round} of ${run.rounds}`);
    await sleep(BEFORE_MS);
    const swapped = await swapOnce(running, { language, text: `${source}${remark} ${round}\n` });
    const startedAt = performance.now();
    await loop[Symbol.asyncDispose]();
    loop = stack.use(await Subject.start(LANGUAGES[language].loop(redisUrl, path)));
    await loop.ask(LANGUAGES[language].once, z.object({ done: z.unknown() }), ANSWER_MS);
    if (round === 0) continue;
    restarts.push(performance.now() - startedAt);
    swaps.push(swapped);
  }
  const { swap: id, held } = idsOf(language);
  const medianOf = (figure: keyof Swap) => median(swaps.map((each) => each[figure])).toFixed(0);
  return [
    {
      id,
      what: `deployed → first result of the new ${language} version in the history`,
      unit: 'ms',
      values: swaps.map(({ firstResultMs }) => firstResultMs),
      baseline: restarts,
      notes: [`it was live after ${medianOf('liveMs')} ms and then waited for its tick, one every ${PERIOD_MS} ms`],
    },
    {
      id: held,
      what: `its first tick: due → answered, beside the median tick`,
      unit: 'ms',
      values: swaps.map(({ firstTickMs }) => firstTickMs),
      baseline: swaps.map(({ medianTickMs }) => medianTickMs),
      notes: [`longest time between two results around a swap: ${Math.max(...swaps.map(({ gapMs }) => gapMs))} ms`],
    },
  ];
}

type Swap = { firstResultMs: number; liveMs: number; firstTickMs: number; medianTickMs: number; gapMs: number };

async function swapOnce(
  { ctx, names: [name = ''] }: RunningFunctions,
  { language, text }: { language: Language; text: string },
): Promise<Swap> {
  const from = Date.now();
  const startedAt = performance.timeOrigin + performance.now();
  const { version } = await deployCode(ctx, operator, { name, code: { kind: 'file', language, text } });
  const { sha256 } = await readVersion(ctx, name, version);
  const isNew = (entry: HistoryEntry) => sha256.startsWith(entry.version);
  let entries: HistoryEntry[] = [];
  for (const until = performance.now() + SWAP_MS; !entries.some(isNew); ) {
    if (performance.now() > until) throw new Error(`the new version did not run within ${SWAP_MS} ms`);
    await sleep(LOOK_MS);
    entries = await readEntries(ctx, name, from - BEFORE_MS, Date.now());
  }
  const first = entries.find(isNew);
  const outcome = await ctx.redis.hget(ctx.keys.versionOutcomes(name), String(version));
  const { liveAt } = z.object({ liveAt: z.number() }).parse(JSON.parse(outcome ?? ''));
  const took = ({ lagMs, tookMs }: HistoryEntry) => lagMs + tookMs;
  const times = entries.map(({ at }) => at);
  return {
    firstResultMs: (first?.at ?? Number.NaN) - startedAt,
    liveMs: liveAt - startedAt,
    firstTickMs: first === undefined ? Number.NaN : took(first),
    medianTickMs: median(entries.filter((entry) => !isNew(entry)).map(took)),
    gapMs: Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at))),
  };
}

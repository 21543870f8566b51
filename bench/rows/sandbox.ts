import * as z from 'zod';
import { inBench, Skip } from '../support/programs.ts';
import { median, medianExcess } from '../support/statistics.ts';
import { Subject } from '../support/subject.ts';
import type { Family, Row, Run } from './row.ts';

const LANGUAGES = ['python', 'node'] as const;
type Language = (typeof LANGUAGES)[number];
const NAMES = { python: 'Python', node: 'Node' } as const;

const STARTS = { whole: 40, quick: 10 };
const START_MS = 30_000;

const idOf = (language: Language) => `sandbox-${language}`;
const answer = z.object({ tier: z.string().nullable(), missing: z.array(z.string()), ms: z.number().nullable() });

/** The smallest script from its start to its end, in the sandbox and without. */
export const sandbox: Family = {
  ids: LANGUAGES.map(idOf),
  what: 'starting a script in the sandbox',
  async measure(run) {
    await using subject = await Subject.start({
      command: process.execPath,
      args: [inBench('subjects', 'scripts.ts')],
    });
    const rows: Row[] = [];
    for (const language of LANGUAGES)
      if (run.wanted(idOf(language))) rows.push(await measureLanguage(run, subject, language));
    return rows;
  },
};

async function measureLanguage(run: Run, subject: Subject, language: Language): Promise<Row> {
  const starts = run.quick ? STARTS.quick : STARTS.whole;
  const values: number[] = [];
  const baseline: number[] = [];
  let tier = '';
  // The round before the first warms everybody up and counts for nobody.
  for (let round = 0; round <= run.rounds; round += 1) {
    run.say(`${language} in the sandbox: round ${round} of ${run.rounds}`);
    const times = { sandboxed: [] as number[], plain: [] as number[] };
    for (let start = 0; start < starts; start += 1) {
      for (const how of ['sandboxed', 'plain'] as const) {
        const answered = await subject.ask({ do: how, language }, answer, START_MS);
        if (answered.tier === null) throw new Skip(answered.missing.join('; '));
        tier = answered.tier;
        times[how].push(answered.ms ?? Number.NaN);
      }
    }
    if (round === 0) continue;
    values.push(median(times.sandboxed));
    baseline.push(median(times.plain));
  }
  return {
    id: idOf(language),
    what: `${NAMES[language]} script in the sandbox, start to end`,
    unit: 'ms',
    values,
    baseline,
    ...(language === 'python' ? { budget: { of: 'excess', limit: 'at most', value: 10 } } : {}),
    notes: [`${medianExcess(values, baseline).toFixed(1)} ms above a bare start; tier ${tier}`],
  };
}

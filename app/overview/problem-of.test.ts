import { expect, test } from 'vitest';
import type { OverviewCard } from '#lib/schemas/overview';
import { failureText } from '../failures/failure-text.ts';
import { formatFor } from '../format/format-for.ts';
import { missingIn } from './missing-in.ts';
import { problemOf } from './problem-of.ts';
import { overviewWords } from './words.ts';

const NOW = 100_000;
const card: OverviewCard = {
  name: 'a',
  language: 'python',
  status: 'stale',
  inputKey: 'metrics',
  periodMs: 5_000,
  dataAt: NOW - 19_000,
  tookMs: 1,
  lagMs: 1,
  figure: { name: 'x', kind: 'other', value: 1 },
  staleCause: 'unchanged',
  failure: null,
  disabledBy: null,
  curve: { from: 0, times: [10_000, 20_000], values: [1, 2], failures: [{ from: 25_000, to: 60_000 }] },
};
const failure = { message: 'KeyError', inARow: 3, retryAt: null };

test.each<[Partial<OverviewCard>, string | null, string | null]>([
  [{}, 'metrics has not changed for 19 s', 'metrics não muda há 19 s'],
  [{ dataAt: null }, null, null],
  [{ staleCause: 'no-result' }, 'no result for 19 s', 'sem resultado há 19 s'],
  [{ staleCause: 'nothing-runs' }, 'Nothing runs this function', 'Nada executa esta função'],
  [
    { staleCause: 'nothing-runs', failure },
    'Nothing runs this function · KeyError',
    'Nada executa esta função · KeyError',
  ],
  [{ status: 'failing', staleCause: null, failure }, 'KeyError · 3 ticks', 'KeyError · 3 execuções'],
  [
    { status: 'failing', staleCause: null, failure: { ...failure, message: 'timed out at 3.0 s' } },
    'timed out at 3.0 s · 3 ticks',
    'tempo esgotado em 3,0 s · 3 execuções',
  ],
  [{ status: 'live', staleCause: null }, null, null],
])('what is wrong with %j is %s', (differs, en, pt) => {
  const said = (language: 'en' | 'pt-BR') =>
    problemOf({ ...card, ...differs }, NOW, {
      say: overviewWords[language],
      textOf: (message) => failureText(message, language),
      format: formatFor(language),
    });
  expect([said('en'), said('pt-BR')]).toEqual([en, pt]);
});

test('failed ticks stay failed ones when nothing runs the function any more; only the silence after them is of another kind', () => {
  const frame = { from: 0, to: NOW };
  expect(missingIn(card, frame)).toEqual({
    failed: [{ from: 25_000, to: 65_000 }],
    silent: { from: 65_000, to: NOW, tone: 'warn' },
  });
  expect(missingIn({ ...card, status: 'failing' }, frame)).toMatchObject({ silent: null });
});

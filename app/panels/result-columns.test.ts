import { expect, test } from 'vitest';
import { groupSeries } from '#lib/series/group';
import { columnsFor } from './result-columns.ts';
import { resultsWords } from './results-words.ts';

const labelled = (names: readonly string[]) => {
  const { usual, more } = columnsFor(groupSeries(names), resultsWords.en);
  return { usual: usual.map(({ label }) => label), more: more.map(({ label }) => label) };
};
const cpus = (count: number, window: string) =>
  Array.from({ length: count }, (_, cpu) => `avg-util-cpu${cpu}-${window}`);

test('what the table has no room for is known: no series is left out unsaid', () => {
  const others = Array.from({ length: 10 }, (_, index) => `queue-${index}`);
  expect(labelled(['percent-memory-caching', ...cpus(2, '60sec'), ...cpus(1, '5min'), ...others])).toEqual({
    usual: ['CPU 0', 'CPU 1', 'Memory caching', ...others.slice(0, 8)],
    more: ['avg-util-cpu0-5min', 'queue-8', 'queue-9'],
  });
});

test('of many CPUs there are mean and highest, and each of them among the rest', () => {
  const { usual, more } = labelled(cpus(9, '60sec'));
  expect([usual, more.length, more.at(-1)]).toEqual([['CPU mean', 'CPU highest'], 9, 'CPU 8']);
});

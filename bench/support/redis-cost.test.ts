import { expect, test } from 'vitest';
import { costBetween, parseCommandStats } from './redis-cost.ts';

test('the time within each kind of command is read from what Redis says', () => {
  const info =
    '# Commandstats\r\ncmdstat_set:calls=2,usec=31,usec_per_call=15.50\r\ncmdstat_client|list:calls=1,usec=8\r\n';
  expect([...parseCommandStats(info)]).toEqual([
    ['set', 0.031],
    ['client|list', 0.008],
  ]);
});

test('what lies between two looks is only what grew', () => {
  const before = { cpuMs: 5, commands: new Map([['set', 1]]) };
  const after = {
    cpuMs: 8,
    commands: new Map([
      ['set', 1],
      ['xadd', 2],
    ]),
  };
  expect(costBetween(before, after)).toEqual({ cpuMs: 3, commands: new Map([['xadd', 2]]) });
});

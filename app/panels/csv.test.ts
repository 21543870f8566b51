import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

const base = { inputAt: 0, tookMs: 1.5, lagMs: 0.2, version: 'a' };

test('results become rows, oldest first, with the numbers as they were written', () => {
  const text = csvOf([
    {
      ...base,
      id: '2000-0',
      at: 2_000,
      failure: { kind: 'invocation', message: '=KeyError: "x", y' },
    },
    { ...base, id: '1000-0', at: 1_000, result: '{"a": 20.0, "b": {"c": -1}}' },
  ]);
  expect(text.split('\r\n')).toEqual([
    'time,a,b.c,duration_ms,lag_ms,version,failure',
    '1970-01-01T00:00:01.000Z,20.0,-1,1.5,0.2,a,',
    `1970-01-01T00:00:02.000Z,,,1.5,0.2,a,"'=KeyError: ""x"", y"`,
  ]);
});

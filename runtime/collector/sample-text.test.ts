import { expect, test } from 'vitest';
import { sampleText, timestamp } from './sample-text.ts';

test('floats stay floats and integers of any size stay integers', () => {
  const text = sampleText(
    new Date(2025, 11, 4, 22, 3, 8, 7),
    new Map<string, bigint | number>([
      ['cpu_percent-0', 15],
      ['cpu_percent-1', 0],
      ['cpu_percent-2', 4.2],
      ['huge', 1e21],
      ['bytes', 9007199254740993n],
      ['a "quoted" name', 0n],
    ]),
  );
  expect(text).toBe(
    '{"timestamp": "2025-12-04 22:03:08.007000", "cpu_percent-0": 15.0, "cpu_percent-1": 0.0, "cpu_percent-2": 4.2, ' +
      '"huge": 1e+21, "bytes": 9007199254740993, "a \\"quoted\\" name": 0}',
  );
  expect(() => JSON.parse(text)).not.toThrow();
});

test('the time is local and always has its microseconds', () => {
  expect(timestamp(new Date(2026, 0, 2, 3, 4, 5, 0))).toBe('2026-01-02 03:04:05.000000');
});

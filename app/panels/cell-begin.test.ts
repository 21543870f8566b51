import { expect, test } from 'vitest';
import { cellBegin } from './cell-begin.ts';

test('a cell begins where the one before it ended, but no more than a step before its own time after a gap', () => {
  const times = [0, 5, 10, 70, 75];
  const column = [1, 2, null, 3, 4];
  expect(times.map((_, row) => cellBegin(times, column, row, 5))).toEqual([0, 0, 5, 65, 70]);
});

test('after a failed tick it begins there, and where rows are thinned it is as long as they are apart', () => {
  expect(cellBegin([0, 5, 10], [1, null, 2], 2, 5)).toBe(5);
  expect(cellBegin([0, 4, 300], [1, 9, 2], 2, 5)).toBe(4);
});

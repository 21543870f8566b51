import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

const known = ['python', 'idle'];

test('five rounds of everything, unless asked otherwise', () => {
  expect(parseOptions([], known)).toEqual({ json: false, quick: false, rounds: 5, only: null });
  expect(parseOptions(['--quick'], known).rounds).toBe(2);
  expect(parseOptions(['--json', '--only', 'idle, python', '--rounds', '7'], known)).toEqual({
    json: true,
    quick: false,
    rounds: 7,
    only: ['idle', 'python'],
  });
});

test('what makes no sense is said in a sentence', () => {
  expect(() => parseOptions(['--rounds', '0'], known)).toThrow('--rounds must be a whole number from 1 to 100');
  expect(() => parseOptions(['--only', 'x'], known)).toThrow('there is no row x; the rows are python, idle');
});

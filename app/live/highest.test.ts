import { expect, test } from 'vitest';
import { assignSlots, highest } from './highest.ts';

test('the highest stay named until another one is clearly higher', () => {
  const values = (a: number, b: number, c: number) =>
    new Map([
      ['a', a],
      ['b', b],
      ['c', c],
    ]);
  expect(highest([], values(10, 30, 20), 2)).toEqual(['b', 'c']);
  expect(highest(['b', 'c'], values(21, 30, 20), 2)).toEqual(['b', 'c']);
  expect(highest(['b', 'c'], values(23, 30, 20), 2)).toEqual(['b', 'a']);
});

test('a series keeps its colour while it is shown; a new one takes the lowest free one', () => {
  const first = assignSlots(new Map(), ['x', 'y', 'z'], 2);
  expect([...first]).toEqual([
    ['x', 2],
    ['y', 3],
    ['z', 4],
  ]);
  expect([...assignSlots(first, ['z', 'w'], 2)].sort()).toEqual([
    ['w', 2],
    ['z', 4],
  ]);
});

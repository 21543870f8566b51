import { expect, test } from 'vitest';
import { wallRoom } from './wall-room.ts';

test('as many cells as can be read, in a shape that wastes little of the screen', () => {
  const { most, shapeFor } = wallRoom({ width: 1920, height: 1000 });
  expect(most).toBe(30);
  expect(shapeFor(1)).toEqual({ columns: 1, rows: 1 });
  expect(shapeFor(4)).toEqual({ columns: 2, rows: 2 });
  expect(shapeFor(12)).toEqual({ columns: 4, rows: 3 });
  for (let cells = 1; cells <= most; cells++) {
    const { columns, rows } = shapeFor(cells);
    expect(columns * rows).toBeGreaterThanOrEqual(cells);
    expect(columns * (rows - 1)).toBeLessThan(cells);
  }
});

test('on the smallest screen there is room for one, on the largest for no more than can be asked for', () => {
  expect(wallRoom({ width: 200, height: 100 }).most).toBe(1);
  expect(wallRoom({ width: 200, height: 100 }).shapeFor(1)).toEqual({ columns: 1, rows: 1 });
  expect(wallRoom({ width: 7680, height: 4320 }).most).toBe(60);
});

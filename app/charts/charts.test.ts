import { expect, test } from 'vitest';
import { formatFor } from '../format/format-for.ts';
import { bandOf, failureBand, spread } from './bands.ts';
import { pathOf, traceBand, traceLine } from './path.ts';
import { placeLabels } from './place-labels.ts';
import { cleanStep, scaleFor } from './scale.ts';
import { zoomOf } from './selection.ts';
import { sparkScale } from './spark-scale.ts';
import { timeTicks } from './time-ticks.ts';

test.each([
  [0.0795, 0.1],
  [0.1, 0.1],
  [12.3, 15],
  [19.5, 20],
  [63, 100],
  [0, 1],
  [Number.NaN, 1],
])('the clean step for %s is %s', (least, step) => expect(cleanStep(least)).toBe(step));

test.each([
  ['cpu', 0.1, 3, 4, '0 25 50 75 100 %'],
  ['cpu', 0, 250, 4, '0 100 200 300 %'],
  ['percent', 21, 39, 2, '0 20 40 %'],
  ['percent', 0.159, 0.159, 2, '0 0.1 0.2 %'],
  ['percent', 0, 0, 2, '0 1 %'],
  ['other', 0, 0, 4, '0 1'],
  ['bytes', 20_208_947_200, 26e9, 2, '0 15 30 GiB'],
  ['bytes', 0, 900 * 2 ** 20, 2, '0 0.5 1 GiB'],
  ['other', 83, 126, 2, '0 100 200'],
  ['other', 0, 190_000, 2, '0 100,000 200,000'],
  ['other', 0, 19e6, 2, '0 10M 20M'],
  ['other', -19e6, 0, 2, '-20M -10M 0'],
  ['percent', 0, 9_900, 2, '0 5K 10K %'],
  ['milliseconds', 40, 200, 2, '0 100 200 ms'],
  ['seconds', 7_384, 7_444, 2, '0 1.5 3 h'],
  ['ratio', 0, 0.93, 2, '0 50 100 %'],
  ['bytes-per-second', 0, 4_220, 3, '0 1.5 3 4.5 KiB'],
  ['per-second', 0, 3, 2, '0 1.5 3'],
  ['celsius', -3, 40, 2, '-25 0 25 50 °C'],
  ['other', -3, 4, 2, '-5 0 5'],
] as const)('%s from %s to %s in %s has the ticks %s', (kind, low, high, intervals, labels) => {
  const { min, max, ticks } = scaleFor(formatFor('en'), { kind, low, high, intervals });
  expect(ticks.map(({ label }) => label).join(' ')).toBe(labels);
  expect(min).toBeLessThanOrEqual(Math.min(low, 0));
  expect(max).toBeGreaterThanOrEqual(high);
});

test('the numbers of an axis are shortened as the language does it', () => {
  const { ticks } = scaleFor(formatFor('pt-BR'), { kind: 'other', low: 0, high: 1_500_000, intervals: 2 });
  expect(ticks.map(({ label }) => label.replaceAll('\u00a0', ' '))).toEqual(['0', '1 mi', '2 mi']);
});

const at = (hours: number, minutes = 0, seconds = 0) => Date.UTC(2026, 10, 21, hours, minutes, seconds);
const labels = (from: number, to: number, most: number, zone = 'UTC') =>
  timeTicks(from, to, most, zone).map((tick) => formatFor('en').clock(tick.at, zone, tick.style));

test('times are round', () => {
  expect(labels(at(11, 44, 35), at(11, 59, 35), 8)).toEqual([
    '11:46',
    '11:48',
    '11:50',
    '11:52',
    '11:54',
    '11:56',
    '11:58',
  ]);
  expect(labels(at(11), at(11, 1), 6)).toEqual([
    '11:00:00',
    '11:00:10',
    '11:00:20',
    '11:00:30',
    '11:00:40',
    '11:00:50',
    '11:01:00',
  ]);
});

test('they are round in the zone where they are read', () => {
  expect(labels(at(1), at(3), 6, 'Asia/Kolkata')).toEqual(['06:40', '07:00', '07:20', '07:40', '08:00', '08:20']);
});

test('of several days, midnight says its day, also where clocks are changed', () => {
  const day = (date: number, hour = 0) => Date.UTC(2026, 2, date, hour);
  expect(labels(day(28), day(30), 8, 'UTC')).toEqual([
    '28 Mar',
    '06:00',
    '12:00',
    '18:00',
    '29 Mar',
    '06:00',
    '12:00',
    '18:00',
    '30 Mar',
  ]);
  // Summer time began on 29 March.
  expect(labels(day(27, 12), day(31, 12), 4, 'Europe/Berlin')).toEqual(['28 Mar', '29 Mar', '30 Mar', '31 Mar']);
  expect(labels(day(1), day(31), 16, 'America/Sao_Paulo')).toHaveLength(15);
});

test('a selection is zoomed to in whole seconds, never too little of it, and nothing of the future', () => {
  expect(zoomOf({ anchor: 9_400, at: 2_600 }, 2_000, 60_000)).toEqual({ from: 2_000, to: 10_000 });
  expect(zoomOf({ anchor: 30_000, at: 30_200 }, 10_000, 60_000)).toEqual({ from: 25_000, to: 36_000 });
  expect(zoomOf({ anchor: 59_800, at: 59_900 }, 10_000, 60_000)).toEqual({ from: 50_000, to: 60_000 });
});

test('a tick stays odd or even while the window moves', () => {
  const odd = (from: number) =>
    timeTicks(from, from + 900_000, 15, 'UTC')
      .filter((tick) => tick.odd)
      .map(({ at }) => at);
  expect(odd(at(11, 44, 59))).toEqual(odd(at(11, 44)).filter((time) => time >= at(11, 44, 59)));
});

const frame = { from: 0, to: 100, min: 0, max: 10 };
const box = { width: 1000, height: 100 };

test('a small curve that is always 0 lies at the bottom, one that is always something else above it', () => {
  const heightOf = (value: number) => {
    const { min, max } = sparkScale([null, value, value]);
    return (value - min) / (max - min);
  };
  expect(heightOf(0)).toBeLessThan(0.15);
  expect([heightOf(5), heightOf(-5)].every((height) => height > 0.5)).toBe(true);
});

test('a line stops at a gap, and a value alone is still seen', () => {
  expect(pathOf((pen) => traceLine(pen, [0, 10, 20, 30, 40, 50], [0, 10, null, 5, null, 5], frame, box))).toBe(
    'M0 100L100 0M300 50L301 50M500 50L501 50',
  );
});

test('a series that only every fifth result has is a line, but not over a pause or what failed', () => {
  const times = Array.from({ length: 41 }, (_, row) => row * 2.5);
  const values = times.map((_, row) => (row % 5 === 0 ? 5 : null));
  const draw = (shown: (number | null)[], failures: { from: number; to: number }[] = []) =>
    pathOf((pen) => traceLine(pen, times, shown, frame, box, failures)).match(/M/g)?.length;
  expect(draw(values)).toBe(1);
  expect(draw(values, [{ from: 30, to: 31 }])).toBe(2);
  expect(draw(values.map((value, row) => (row === 20 ? null : value)))).toBe(2);
  // One that every result has is none over a row without it.
  expect(draw(times.map((_, row) => (row === 20 ? null : 5)))).toBe(2);
});

test('the area between two lines is closed at a gap', () => {
  expect(
    pathOf((pen) => traceBand(pen, [0, 10, 20, 30, 40], [0, 0, null, 2, 2], [10, 5, null, 4, 4], frame, box)),
  ).toBe('M0 0L100 50L100 100L0 100ZM300 60L400 60L400 80L300 80Z');
});

const run = (from: number, to: number) => ({ from, to, count: 1, message: '', version: '' });

test('a failure is a band that reaches as far as the line stops, inside the frame', () => {
  const bands = [run(-50, -40), run(0, 2), run(40, 50), run(99, 101)].map((each) => failureBand(each, frame, 2));
  expect(bands.map((band) => band && [band.left, band.width])).toEqual([null, [0, 3], [39, 12], [98, 2]]);
});

test('a label takes the first of its places that is free, and none where there is none', () => {
  const left = (at: number) => ({ at, side: 'left' }) as const;
  const right = (at: number) => ({ at, side: 'right' }) as const;
  const placed = placeLabels([
    { key: 'a', text: 'v12', places: [left(50), right(50)] },
    { key: 'b', text: '11 ticks failed', places: [right(60), left(60)] },
    { key: 'c', text: 'v9', places: [left(99), right(99)] },
    { key: 'd', text: 'v13', places: [left(52), right(52)] },
  ]);
  expect(placed.map(({ key, at, side }) => [key, at, side])).toEqual([
    ['a', 50, 'left'],
    ['b', 60, 'left'],
    ['c', 99, 'right'],
  ]);
});

test('of marks in one place the last is drawn', () => {
  expect(spread([{ left: 1 }, { left: 1.2 }, { left: 1.4 }, { left: 7 }], 0.5)).toEqual([{ left: 1.4 }, { left: 7 }]);
});

test('of a stretch in which nothing ran, what is in the frame is a band', () => {
  expect(bandOf({ from: 5, to: 50 }, frame)).toEqual({ left: 5, width: 45 });
  expect(bandOf({ from: -20, to: Number.POSITIVE_INFINITY }, frame)).toEqual({ left: 0, width: 100 });
  expect(bandOf({ from: -20, to: 0 }, frame)).toBeNull();
});

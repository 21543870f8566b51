import { expect, test } from 'vitest';
import type { FunctionEvent } from '#lib/schemas/event';
import { happeningsOf, STILL_GOING } from './happenings.ts';

const by = { kind: 'user', uid: 1, name: 'maria' } as const;
const kept = (at: number) => ({ id: `${at}-0`, at });
const deploy = (at: number, version: number): FunctionEvent => ({
  ...kept(at),
  kind: 'deploy',
  version,
  message: 'm',
  by,
});
const live = (at: number, version: number): FunctionEvent => ({ ...kept(at), kind: 'live', version });
const restart = (at: number, count = 1): FunctionEvent => ({ ...kept(at), kind: 'restart', reason: 'exit', count });
const none: Parameters<typeof happeningsOf>[1] = { failures: [], versions: [], gaps: [] };
const of = (events: FunctionEvent[], known = none) => happeningsOf({ events, versions: { abc: 2 } }, known);

test('a deploy is one thing with its going live, at the time when that was', () => {
  expect(of([deploy(10, 2), live(12, 2)])).toMatchObject([
    { kind: 'deploy', at: 12, version: 2, isLive: true, wish: { message: 'm', by } },
  ]);
});

test('what goes live by itself has nobody who wished it; a wish that another one overtakes was never live', () => {
  expect(of([live(1, 1), deploy(10, 2), deploy(11, 3), live(12, 3)])).toMatchObject([
    { at: 1, version: 1, wish: null, isLive: true },
    { at: 10, version: 2, isLive: false },
    { at: 12, version: 3, isLive: true, wish: { version: 3 } },
  ]);
});

test('a roll-back to what the deployment says is the wish of whichever version comes', () => {
  const back: FunctionEvent = { ...kept(5), kind: 'roll-back', version: null, by };
  expect(of([back, live(6, 1)])).toMatchObject([{ version: 1, wish: { kind: 'roll-back' }, isLive: true }]);
});

test('who goes back to what runs already gets it at once', () => {
  const notLoaded: FunctionEvent = { ...kept(6), kind: 'not-loaded', version: 3, reason: 'init', message: 'x' };
  const back: FunctionEvent = { ...kept(7), kind: 'roll-back', version: 2, by };
  expect(of([live(1, 2), deploy(5, 3), notLoaded, back]).at(-1)).toMatchObject({ at: 7, version: 2, isLive: true });
  const known = { ...none, versions: [{ at: 0, version: 'abc' }] };
  expect(of([deploy(5, 3), notLoaded, back], known).at(-1)).toMatchObject({ at: 7, isLive: true });
  expect(of([live(1, 1), back]).at(-1)).toMatchObject({ at: 7, isLive: false });
});

test('restarts in a row for one reason are one, whatever is between them makes two', () => {
  expect(of([restart(1), restart(2, 4), deploy(3, 2), live(3, 2), restart(4)])).toMatchObject([
    { kind: 'restart', from: 1, at: 2, count: 5 },
    { kind: 'deploy' },
    { kind: 'restart', from: 4, at: 4, count: 1 },
  ]);
});

test('tries to load are no failed ticks', () => {
  const event: FunctionEvent = { ...kept(5), kind: 'not-loaded', version: 1, reason: 'init', message: 'no module' };
  const run = { from: 5, to: 40, count: 4, message: 'no module', version: 'abc' };
  const other = { ...run, from: 50, to: 60, message: 'KeyError' };
  expect(of([event], { ...none, failures: [run, other] })).toMatchObject([
    { kind: 'not-loaded', tries: 4, from: 5, at: 40 },
    { kind: 'failure', run: other },
  ]);
});

test('pauses between tries to load are no gaps, but an outage among them is', () => {
  const event: FunctionEvent = { ...kept(5), kind: 'not-loaded', version: 1, reason: 'init', message: 'no module' };
  const run = { from: 4, to: 900_000, count: 4, message: 'no module', version: 'abc' };
  const gaps = [
    { from: 4, to: 40_000 },
    { from: 40_000, to: 900_000 },
    { from: 900_000, to: null },
    { from: 1_000_000, to: 1_040_000 },
  ];
  const found = of([event], { ...none, failures: [run], gaps });
  expect(found.filter(({ kind }) => kind === 'gap').map(({ from }) => from)).toEqual([40_000, 1_000_000]);
});

test('pauses before a host is started again are no gaps within a run of failed ticks, but an outage is one', () => {
  const run = { from: 1_000, to: 900_000, count: 9, message: 'took longer than 10 s', version: 'abc' };
  const gaps = [
    { from: 1_000, to: 40_000 },
    { from: 40_000, to: 300_000 },
    { from: 300_000, to: 800_000 },
    { from: 900_000, to: 940_000 },
    { from: 990_000, to: null },
  ];
  const listed = (events: FunctionEvent[]) =>
    of(events, { ...none, failures: [run], gaps }).flatMap(({ kind, from }) => (kind === 'gap' ? [from] : []));
  expect(listed([restart(1_200), restart(41_000, 3)])).toEqual([300_000, 900_000, 990_000]);
  const gaveWay: FunctionEvent = { ...kept(1_200), kind: 'restart', reason: 'runtime', count: 1 };
  expect(listed([gaveWay])).toHaveLength(5);
  expect(listed([])).toHaveLength(5);
});

test('a version that only the history knows is there too, but the one that the range starts with', () => {
  const versions = [
    { at: 1, version: 'old' },
    { at: 9, version: 'abc' },
  ];
  expect(of([], { ...none, versions })).toMatchObject([{ kind: 'deploy', at: 9, version: 2 }]);
  expect(of([live(8, 2)], { ...none, versions })).toMatchObject([{ kind: 'deploy', at: 8 }]);
});

test('a time in which nothing ran is one thing, in its place among the others; one that goes on is the last', () => {
  const gaps = [
    { from: 4, to: 9 },
    { from: 20, to: null },
  ];
  expect(of([restart(5), restart(30)], { ...none, gaps }).map(({ kind, from, at }) => [kind, from, at])).toEqual([
    ['gap', 4, 9],
    ['restart', 5, 30],
    ['gap', 20, STILL_GOING],
  ]);
});

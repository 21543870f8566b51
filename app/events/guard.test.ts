import { expect, test } from 'vitest';
import { eventList } from '#lib/schemas/event';
import { spoiled } from '../guards/spoiled.fixture.ts';
import { isEventList } from './guard.ts';
import { happeningsOf } from './happenings.ts';

const kept = { id: '12-0', at: 12 };
const by = { kind: 'user', uid: 1, name: 'maria' };
const events = [
  { ...kept, kind: 'deploy', version: 2, message: 'x', by },
  { ...kept, kind: 'roll-back', version: null, by: { kind: 'deployment', host: 'box' } },
  { ...kept, kind: 'settings', changes: [{ name: 'periodMs', from: 1, to: 2 }], by: null },
  { ...kept, kind: 'live', version: 2 },
  { ...kept, kind: 'not-loaded', version: 2, reason: 'init', message: 'x' },
  { ...kept, kind: 'restart', reason: 'timeout', message: 'x', invocation: '11-0', count: 1 },
];

const list = { events, complete: true, versions: { abc: 1 } };

test('the guard of events takes what the schema takes', () => {
  expect(eventList.parse(list)).toEqual(list);
  expect(isEventList(list)).toBe(true);
});

test('whatever it takes can be shown, however an answer is spoiled', () => {
  let refused = 0;
  for (const other of spoiled(list)) {
    if (!isEventList(other)) refused += 1;
    else
      for (const happening of happeningsOf(other, { failures: [], versions: [], gaps: [] }))
        expect(happening.at).toBeTypeOf('number');
  }
  expect(refused).toBeGreaterThan(100);
});

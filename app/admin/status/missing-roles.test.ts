import { expect, test } from 'vitest';
import type { SeenProcess } from '#lib/schemas/role';
import type { StatusDetails } from '#lib/schemas/status';
import { missingRoles, ROLES } from './missing-roles.ts';

const CALM = { failing: 0, stale: 0, waiting: 0, running: 1, disabled: 0 };

function process(role: SeenProcess['role'], isAlive = true): SeenProcess {
  const about = { instance: role, host: 'one', pid: 1, version: '1', node: '24', python: null };
  return { ...about, role, isAlive, startedAt: 1, memoryBytes: 1, load: null, seenAt: 1 };
}

function missing(processes: SeenProcess[], counts: Partial<typeof CALM> = {}, waiting = 0) {
  const all = { ...CALM, ...counts };
  const status: Pick<StatusDetails, 'processes' | 'functions' | 'jobs'> = {
    processes,
    functions: { total: Object.values(all).reduce((sum, each) => sum + each), counts: all, largestLag: null },
    jobs: { waiting, running: 0, ended: 0 },
  };
  return missingRoles(status).map(({ role, tone }) => `${role} ${tone}`);
}

test('a role that others may play is bad to miss only where it lacks', () => {
  expect(missing(ROLES.map((role) => process(role)))).toEqual([]);
  const few = [process('functions'), process('web')];
  expect(missing(few)).toEqual(['collector idle', 'jobs idle']);
  expect(missing(few, { stale: 1 })).toEqual(['collector bad', 'jobs idle']);
  expect(missing(few, { waiting: 1 }, 3)).toEqual(['collector bad', 'jobs bad']);
});

test('who has gone without a word is missed', () => {
  expect(missing([process('collector', false), process('functions'), process('web'), process('jobs')])).toEqual([
    'collector bad',
  ]);
});

test('nothing that calls functions is bad unless all of them rest', () => {
  const others = [process('collector'), process('web'), process('jobs')];
  expect(missing(others)).toEqual(['functions bad']);
  expect(missing(others, { running: 0, disabled: 2 })).toEqual(['functions idle']);
});

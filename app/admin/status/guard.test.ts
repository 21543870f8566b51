import { expect, test } from 'vitest';
import { statusDetails } from '#lib/schemas/status';
import { spoiled } from '../../guards/spoiled.fixture.ts';
import { isStatusDetails } from './guard.ts';

const answer = {
  now: 1,
  processes: [
    {
      role: 'functions',
      instance: 'i',
      host: 'one',
      pid: 1,
      version: '1',
      node: '24',
      python: '3.11.2',
      startedAt: 1,
      memoryBytes: 1,
      load: 1,
      seenAt: 1,
      isAlive: true,
    },
  ],
  redis: {
    version: '8',
    uptimeMs: 1,
    latencyMs: 1,
    clients: 1,
    memoryBytes: 1,
    memoryLimitBytes: 1,
    eviction: 'noeviction',
    appendOnly: 'ok',
    snapshot: { ok: true, at: 1, changesSince: 1 },
  },
  functions: {
    total: 1,
    counts: { failing: 0, stale: 0, waiting: 0, running: 1, disabled: 0 },
    largestLag: { name: 'a', lagMs: 1 },
  },
  jobs: { waiting: 1, running: 1, ended: 1 },
  workers: [
    { host: 'one', pid: 1, executor: 'local', tier: 'none', missing: ['bwrap'], languages: ['bash'], concurrency: 1 },
  ],
};

test('the guard takes and refuses what the schema does', () => {
  expect([isStatusDetails(answer), statusDetails.safeParse(answer).success]).toEqual([true, true]);
  for (const other of spoiled(answer)) {
    expect([isStatusDetails(other), other]).toEqual([statusDetails.safeParse(other).success, other]);
  }
});

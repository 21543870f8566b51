import { expect, test } from 'vitest';
import type { JobSummary } from '#lib/schemas/job';
import { jobOf } from '../job.fixture.ts';
import { type JobList, moved, PAGE } from './job-list.ts';

const listOf = (ids: number[], next: number | null = null): JobList => ({
  jobs: ids.map((id) => jobOf({ id })),
  next,
  unreadable: 0,
});
const idsOf = ({ jobs }: JobList) => jobs.map(({ id }) => id);
const now = (...jobs: Partial<JobSummary>[]) => ({ jobs: jobs.map(jobOf), gone: [] });

test('a new job comes at the top, one that moved stays in its place, one that is gone goes', () => {
  const list = moved(listOf([3, 2, 1]), { ...now({ id: 4 }, { id: 2, status: 'RUNNING' }), gone: [1] }, {});
  expect(list.jobs.map(({ id, status }) => [id, status])).toEqual([
    [4, 'WAITING'],
    [3, 'WAITING'],
    [2, 'RUNNING'],
  ]);
});

test.each([
  [{ status: 'WAITING' }, { id: 2, status: 'RUNNING' }, [3, 1]],
  [{ status: 'RUNNING' }, { id: 4, status: 'RUNNING' }, [4, 3, 2, 1]],
  [{ language: 'bash' }, { id: 4, language: 'python' }, [3, 2, 1]],
  [{ uid: 7 }, { id: 4, uid: 8 }, [3, 2, 1]],
  [{ uid: 7 }, { id: 4, uid: 7 }, [4, 3, 2, 1]],
  [{ before: 4 }, { id: 4 }, [3, 2, 1]],
] as const)('of what was asked for as %j, %j is told', (query, job, ids) => {
  expect(idsOf(moved(listOf([3, 2, 1]), now(job), query))).toEqual(ids);
});

test('what is on an older page is not shown on this one', () => {
  expect(idsOf(moved(listOf([9, 8], 8), now({ id: 5, status: 'DONE' }), {}))).toEqual([9, 8]);
});

test('a page stays as long as it is: the oldest go to the next one', () => {
  const ids = Array.from({ length: PAGE }, (_, index) => PAGE - index);
  const list = moved(listOf(ids), now({ id: PAGE + 1 }, { id: PAGE + 2 }), {});
  expect([list.jobs.length, idsOf(list)[0], list.next]).toEqual([PAGE, PAGE + 2, 3]);
});

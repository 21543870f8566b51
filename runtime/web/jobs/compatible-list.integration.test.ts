import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Context } from '#lib/context';
import { appendOutput } from '#lib/jobs/append-output';
import { submitJob } from '#lib/jobs/submit-job';
import { takeJob } from '#lib/jobs/take-job';
import { compatibleJob } from '#lib/schemas/compatible-job';
import { serviceSuite } from './jobs-door.fixture.ts';

/** Nobody runs jobs here: they stay as they are. */
const { service } = serviceSuite(async () => ({ async [Symbol.asyncDispose]() {} }));

type User = Awaited<ReturnType<typeof service>>['ada'];

async function submit(ctx: Context, { uid }: User, count: number): Promise<void> {
  const caller = { uid, name: 'of theirs', role: 'user', via: 'token', credentialId: 'a token' } as const;
  await Promise.all(Array.from({ length: count }, () => submitJob(ctx, caller, { code: 'print(1)' })));
}

async function list(url: string, { headers }: User, path: string) {
  const response = await fetch(url + path, { headers });
  const text = await response.text();
  if (!response.ok) return { status: response.status, ids: [], older: null, text };
  const ids = z.array(compatibleJob).parse(JSON.parse(text));
  const older = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? null;
  return { status: response.status, ids: ids.map(({ job_id }) => job_id), older, text };
}

test('a list has the newest thousand, and says where those before them are', async () => {
  const { ctx, url, ada, admin } = await service({ JOBS_WAITING_PER_USER: '2000' });
  await submit(ctx, ada, 1_001);
  for (const [user, path] of [
    [ada, '/jobs'],
    [admin, '/'],
    [admin, `/users/${ada.uid}`],
  ] as const) {
    const newest = await list(url, user, path);
    expect([newest.ids.length, newest.ids.at(0), newest.ids.at(-1)]).toEqual([1_000, 1_001, 2]);
    expect(newest.older).toBe(`${path}?before=2&limit=1000`);
    expect(await list(url, user, newest.older ?? '')).toMatchObject({ ids: [1], older: null });
  }
});

test('a client may ask for parts of a list, which neither lose nor repeat one', async () => {
  const { ctx, url, ada, bob } = await service();
  await submit(ctx, ada, 4);
  await submit(ctx, bob, 1);
  await submit(ctx, ada, 3);
  const parts: number[][] = [];
  for (let path: string | null = '/jobs/?limit=3'; path !== null; ) {
    const { ids, older } = await list(url, ada, path);
    parts.push(ids);
    path = older;
  }
  expect(parts).toEqual([[8, 7, 6], [4, 3, 2], [1]]);
  expect((await list(url, ada, '/jobs?status=DONE&whatever')).ids).toHaveLength(7);
});

test('what cannot be a part of a list is refused, and why is said', async () => {
  const { url, ada } = await service();
  for (const query of ['limit=0', 'limit=1001', 'limit=all', 'before=0', 'before=x']) {
    const { status, text } = await list(url, ada, `/jobs?${query}`);
    expect([query, status, text]).toEqual([query, 422, expect.stringMatching(query.split('=')[0] ?? '')]);
  }
});

test('results are read as fast as they are taken, not before', async () => {
  const { ctx, url, ada } = await service({ JOBS_RUNNING_PER_USER: '100' });
  await submit(ctx, ada, 60);
  const text = 'x'.repeat(1_000_000);
  for (let n = 0; n < 60; n += 1) {
    const run = `run:${n}`;
    const job = await takeJob(ctx, { run, executor: 'test', tier: 'none', languages: ['python'] });
    if (job === null) throw new Error('nothing waits');
    await appendOutput(ctx, { id: job.id, run, piece: 1, segments: [{ stream: 'stdout', text }] });
  }
  const stop = new AbortController();
  const before = await reads(ctx);
  const response = await fetch(`${url}/jobs`, { headers: ada.headers, signal: stop.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  let seen = before;
  const isStill = async () => {
    const last = seen;
    seen = await reads(ctx);
    return seen > before && seen === last;
  };
  await expect.poll(isStill, { interval: 200 }).toBe(true);
  expect(seen - before).toBeLessThan(60);
  const head = await fetch(`${url}/jobs`, { method: 'HEAD', headers: ada.headers });
  expect([head.status, await reads(ctx)]).toEqual([200, seen]);
  stop.abort();
  const whole = await list(url, ada, '/jobs');
  expect([whole.ids.length, whole.text.length > 60 * text.length]).toEqual([60, true]);
});

/** How often a result has been read. */
async function reads({ redis }: Context): Promise<number> {
  const stats = await redis.info('commandstats');
  return Number(/cmdstat_xrange:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

import { expect, test } from 'vitest';
import type { OutputSegment } from '#lib/schemas/job';
import { limit } from '../../e2e/support/limit.ts';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { appendOutput } from './append-output.ts';
import { endJob } from './end-job.ts';
import { type Followed, followOutput } from './follow-output.ts';
import { ADA, BOB, END, jobsSuite, type World } from './jobs.fixture.ts';
import { readOutput } from './read-output.ts';

const jobs = jobsSuite();
const out = (text: string): OutputSegment => ({ stream: 'stdout', text });
const err = (text: string): OutputSegment => ({ stream: 'stderr', text });

async function started(world: World) {
  const id = await world.submit(ADA);
  const run = await world.taken();
  let piece = 0;
  return {
    id,
    run,
    write: (...segments: OutputSegment[]) => appendOutput(world.ctx, { ...run, piece: ++piece, segments }),
  };
}

const follow = (world: World, id: number, after?: string, signal = new AbortController().signal) =>
  followOutput(world.ctx, ADA, { id, after, changes: world.changes, signal });

function said(event: Followed): string {
  if (event.kind === 'away') return 'away';
  if (event.kind === 'output') return event.entry.segments.map(({ text }) => text).join('');
  return `${event.kind} ${event.job.status}`;
}

async function next(events: AsyncGenerator<Followed, void>): Promise<Followed> {
  const { value, done } = await events.next();
  if (done) throw new Error('nothing more');
  return value;
}

test('the result is both streams as they came, and each has its own text', async () => {
  const world = await jobs.world();
  const { id, write } = await started(world);
  await write(out('a'), err('b'), out('c\n'));
  await write(err('\u0000é😀'));
  expect(await world.read(id)).toMatchObject({
    result: 'abc\n\0é😀',
    stdout: 'ac\n',
    stderr: 'b\0é😀',
  });
});

test('a piece that is sent twice because no answer came is written once', async () => {
  const world = await jobs.world();
  const { id, run, write } = await started(world);
  await write(out('a'));
  expect(await appendOutput(world.ctx, { ...run, piece: 1, segments: [out('a')] })).toBe(true);
  await write(out('b'));
  expect((await world.read(id)).result).toBe('ab');
});

test('a page goes on after any entry', async () => {
  const world = await jobs.world();
  const { id, write } = await started(world);
  for (const text of ['1', '2', '3']) await write(out(text));
  const first = await readOutput(world.ctx, ADA, { id, limit: 2 });
  expect(first).toMatchObject({ job: { status: 'RUNNING' }, more: true, entries: [{}, {}] });
  const rest = await readOutput(world.ctx, ADA, { id, after: first.entries[1]?.id });
  expect(rest).toMatchObject({ more: false, entries: [{ segments: [out('3')] }] });
  await expect(readOutput(world.ctx, BOB, { id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(readOutput(world.ctx, ADA, { id, after: 'x' })).rejects.toMatchObject({ code: 'invalid' });
});

test('a follower gets everything once and in order, from before it came to the end', async () => {
  const world = await jobs.world();
  const { id, run, write } = await started(world);
  await write(out('before '));
  const events = follow(world, id);
  expect([said(await next(events)), said(await next(events))]).toEqual(['state RUNNING', 'before ']);
  const third = next(events);
  await write(out('after'));
  const event = await third;
  expect(said(event)).toBe('after');
  await endJob(world.ctx, run, END);
  expect(said(await next(events))).toBe('end DONE');
  expect((await events.next()).done).toBe(true);

  const seen = event.kind === 'output' ? event.entry.id : '';
  expect(said(await next(follow(world, id, seen)))).toBe('end DONE');
});

test('what is written is with its followers within 200 ms', async () => {
  const world = await jobs.world();
  const { id, write } = await started(world);
  const events = follow(world, id);
  await next(events);
  const tookMs: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const coming = next(events);
    const writtenAt = performance.now();
    await write(out(`${n}`));
    await coming;
    tookMs.push(performance.now() - writtenAt);
  }
  expect(tookMs.toSorted((a, b) => a - b)[18]).toBeLessThan(limit(200));
});

test('a job that waits is followed too, and one that starts again says so before its output', async () => {
  const world = await jobs.world();
  const id = await world.submit(ADA, { retryable: true });
  const events = follow(world, id);
  expect(said(await next(events))).toBe('state WAITING');
  const first = await world.taken();
  expect(said(await next(events))).toBe('state RUNNING');
  await appendOutput(world.ctx, { ...first, piece: 1, segments: [out('one')] });
  expect(said(await next(events))).toBe('one');
  await world.lookForLostJobs(6);
  expect(said(await next(events))).toBe('state WAITING');
  await appendOutput(world.ctx, { ...(await world.taken()), piece: 1, segments: [out('two')] });
  expect([said(await next(events)), said(await next(events))]).toEqual(['state RUNNING', 'two']);
});

test('a follower stops at its signal, and who may not follow is told at once', async () => {
  const world = await jobs.world();
  const { id } = await started(world);
  const stop = new AbortController();
  const events = follow(world, id, undefined, stop.signal);
  await next(events);
  const ended = events.next();
  stop.abort();
  expect((await ended).done).toBe(true);
  const { ctx, changes } = world;
  const foreign = followOutput(ctx, BOB, { id, changes, signal: new AbortController().signal });
  await expect(foreign.next()).rejects.toMatchObject({ code: 'not_found' });
});

test('a follower is told that Redis is away, and gets once what was sent meanwhile', async () => {
  const redis = await startRedis();
  jobs.suite.open.push(redis);
  const world = await jobs.world({}, redis.url);
  const { id, run } = await started(world);
  const events = follow(world, id);
  await next(events);
  const write = () => appendOutput(world.ctx, { ...run, piece: 1, segments: [out('once')] });
  process.kill(redis.pid, 'SIGSTOP');
  try {
    const writing = write().catch(({ code }) => code);
    expect([said(await next(events)), await writing]).toEqual(['away', 'unavailable']);
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  expect(said(await next(events))).toBe('state RUNNING');
  await expect.poll(() => write().catch(() => false), { timeout: 5_000 }).toBe(true);
  expect(said(await next(events))).toBe('once');
  await endJob(world.ctx, run, END);
  expect(said(await next(events))).toBe('end DONE');
});

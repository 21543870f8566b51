import { expect, test } from 'vitest';
import { createLog } from '#lib/log';
import { ArchiveKeeper, archiveRetry, type Deployment } from './archive-keeper.ts';
import type { Look } from './code/archive-source.ts';
import type { Code } from './definition.ts';

const version = (name: string): Look => {
  const code: Code = {
    language: 'python',
    source: name,
    path: `/code/${name}/main.py`,
    version: name,
    handler: 'handler',
  };
  return { kind: 'code', code };
};
const failed = (reason: string): Look => ({ kind: 'failed', reason });

/** Keeps an archive that is found as `looks` say, one after another, and tells what was done about it. */
async function keep(looks: readonly Look[], deploy: Deployment['deploy'] = async () => null) {
  const done: string[] = [];
  const waits: number[] = [];
  let at = 0;
  const log = createLog('test', 'error', (line) => waits.push(JSON.parse(line).retryInMs));
  const finished = Promise.withResolvers<void>();
  const keeper = new ArchiveKeeper({
    source: {
      label: 'code.zip',
      canChange: true,
      async look() {
        const look = looks[at++];
        if (look === undefined) finished.resolve();
        return look ?? failed('the end');
      },
    },
    refreshMs: 1,
    retry: { firstMs: 1, maxMs: 4 },
    log,
    deployment: {
      async deploy(code, signal) {
        done.push(`deploy ${code.version}`);
        return await deploy(code, signal);
      },
      async runWithout({ message }) {
        done.push(`without: ${message}`);
      },
    },
  });
  await finished.promise;
  await keeper[Symbol.asyncDispose]();
  return { done, waits: waits.slice(0, looks.length) };
}

test('every version is deployed once', async () => {
  const { done } = await keep([version('a'), version('a'), version('b'), version('b'), version('a')]);
  expect(done).toEqual(['deploy a', 'deploy b', 'deploy a']);
});

test('waits grow while it fails, and start again after it has worked', async () => {
  const { waits } = await keep([...Array(4).fill(failed('HTTP 503')), version('a'), failed('HTTP 503')]);
  expect(waits).toEqual([1, 2, 4, 4, 1]);
  expect(archiveRetry).toEqual({ firstMs: 5_000, maxMs: 300_000 });
});

test('something else runs only until a version has', async () => {
  const { done } = await keep([failed('HTTP 503'), version('a'), failed('HTTP 404')]);
  expect(done).toEqual(['without: HTTP 503', 'deploy a']);
});

test('a version that does not load is tried again, and what ran goes on', async () => {
  const bad = async (code: Code) => (code.version === 'b' ? { kind: 'init' as const, message: 'SyntaxError' } : null);
  const { done } = await keep([version('a'), version('b'), version('b'), version('a'), version('c')], bad);
  expect(done).toEqual(['deploy a', 'deploy b', 'deploy b', 'deploy c']);
});

test('when a change of versions fails half-way, the same version is deployed again', async () => {
  let times = 0;
  const { done } = await keep([version('a'), version('b'), version('a')], async () => {
    if (++times === 2) throw new Error('Redis is away');
    return null;
  });
  expect(done).toEqual(['deploy a', 'deploy b', 'without: Redis is away', 'deploy a']);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import type { JobLanguage, OutputStream } from '#lib/schemas/job';
import type { Executor, NoExecutor } from './executor.ts';
import { openLocalExecutor } from './local.ts';

const { PATH = '', HOME = '' } = process.env;
const config = loadConfig({ PATH, HOME, JOBS_TIME_LIMIT: '2', ALLOW_UNSANDBOXED: '1' });

/** Every executor keeps the same promises. */
const EXECUTORS: [name: string, open: () => Promise<Executor | NoExecutor>][] = [
  ['local', () => openLocalExecutor(config)],
];

describe.each(EXECUTORS)('%s', (name, open) => {
  let executor: Executor;

  beforeAll(async () => {
    const opened = await open();
    if (opened.tier === null) throw new Error(opened.missing.join('; '));
    executor = opened;
  });
  afterAll(() => executor?.[Symbol.asyncDispose]());

  async function execute(code: string, language: JobLanguage = 'python', input = '') {
    const stop = new AbortController();
    const pieces: [OutputStream, string][] = [];
    const first = Promise.withResolvers<void>();
    const ending = executor.execute(
      { id: 1, language, code, input },
      {
        onOutput(stream, text) {
          pieces.push([stream, text]);
          first.resolve();
        },
        signal: stop.signal,
      },
    );
    const text = (of: OutputStream) => pieces.flatMap(([stream, each]) => (stream === of ? [each] : [])).join('');
    return { ending, first: first.promise, stop, text };
  }

  test('says what it is', () => {
    expect(executor).toMatchObject({ name, tier: expect.any(String), languages: expect.arrayContaining(['python']) });
  });

  test.each([
    ['python', 'import sys; print(input()); print("e", file=sys.stderr); sys.exit(3)'],
    ['node', 'process.stdin.pipe(process.stdout); console.error("e"); process.exitCode = 3'],
    ['bash', 'cat; echo e >&2; exit 3'],
  ] as const)('runs %s with its input, and tells both streams apart', async (language, code) => {
    const { ending, text } = await execute(code, language, 'said é\n');
    expect(await ending).toEqual({ reason: 'exit', exitCode: 3, truncated: false, killed: 0, detail: null });
    expect([text('stdout'), text('stderr')]).toEqual(['said é\n', 'e\n']);
  });

  test('tells what is written as it comes, and has told all before the end', async () => {
    const { ending, first, text } = await execute('import time\nprint(1, flush=True)\ntime.sleep(0.3)\nprint(2)');
    const isEarly = await Promise.race([first.then(() => true), ending.then(() => false)]);
    expect(isEarly).toBe(true);
    await ending;
    expect(text('stdout')).toBe('1\n2\n');
  });

  test('makes text of any bytes', async () => {
    const { ending, text } = await execute('import os; os.write(1, b"a\\xff\\x00\\xf0\\x9f\\x98\\x80")');
    expect(await ending).toMatchObject({ reason: 'exit', exitCode: 0 });
    expect(text('stdout')).toBe('a\ufffd\0😀');
  });

  test('a signal is an exit code, as shells have it', async () => {
    const { ending } = await execute("bash -c 'kill -TERM $$'", 'bash');
    expect(await ending).toMatchObject({ reason: 'exit', exitCode: 128 + 15 });
  });

  test('stops what takes too long, with all that it has started', async () => {
    const { ending } = await execute('import os, time\nif os.fork() == 0: os.setsid()\ntime.sleep(60)');
    expect(await ending).toMatchObject({ reason: 'timeout', exitCode: null, killed: expect.any(Number) });
    expect((await ending).killed).toBeGreaterThanOrEqual(2);
  });

  test('stops what is cancelled, and says how much that was', async () => {
    const { ending, first, stop } = await execute('print("here", flush=True)\nwhile True: pass');
    await first;
    stop.abort();
    const end = await ending;
    expect(end).toMatchObject({ reason: 'cancelled', exitCode: null });
    expect(end.killed).toBeGreaterThanOrEqual(1);
  });

  test('does not start what is cancelled already', async () => {
    const observation = { onOutput: () => {}, signal: AbortSignal.abort() };
    const end = await executor.execute({ id: 1, language: 'bash', code: 'echo x', input: '' }, observation);
    expect(end).toMatchObject({ reason: 'cancelled', killed: 0 });
  });

  test('keeps 1 MiB of output, and stops whoever writes more', async () => {
    const { ending, text } = await execute('while True: print("é" * 1000)');
    expect(await ending).toMatchObject({ reason: 'output', truncated: true, exitCode: null });
    expect(Buffer.byteLength(text('stdout'))).toBeLessThanOrEqual(1024 * 1024);
  });

  test('stops what takes too much memory', async () => {
    const { ending } = await execute('kept = []\nwhile True: kept.append(bytearray(10_000_000))');
    expect(['oom', 'exit']).toContain((await ending).reason);
    expect((await ending).exitCode).not.toBe(0);
  });
});

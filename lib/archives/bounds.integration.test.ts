import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, deflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type FakeEntry, zipOf } from './zip-builder.fixture.ts';

/** What only a process of its own can show: its memory, and an environment that is read when it starts. */
const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const MIB = 1024 * 1024;

async function inNode(program: string, env: Record<string, string> = {}): Promise<unknown> {
  const args = ['--input-type=module-typescript', '--expose-gc', '-e', program];
  const options = {
    cwd: import.meta.dirname,
    env: { NODE_ENV: 'test' as const, PATH: process.env.PATH ?? '', ...env },
  };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout);
}

const code = (file: string) => JSON.stringify(join(import.meta.dirname, file));
/** 10 GiB of zeros in 10 MB: one deflated block again and again. */
const block = deflateRawSync(Buffer.alloc(32 * MIB), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
const bomb = Buffer.concat([...Array.from({ length: 320 }, () => block), Buffer.from([3, 0])]);
const wide = (count: number): FakeEntry[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${index}/${'a/'.repeat(110)}b`, data: Buffer.alloc(0) }));

test.each<[string, Buffer]>([
  ['a bomb that says so', zipOf([{ name: 'bomb', data: bomb, central: { size: 0xfffffffe } }])],
  ['a bomb that lies', zipOf([{ name: 'bomb', data: bomb, central: { size: 32 * MIB } }])],
  ['four of them', zipOf([1, 2, 3, 4].map((n) => ({ name: `${n}`, data: bomb, central: { size: 32 * MIB } })))],
  ['70,000 entries', zipOf(Array.from({ length: 70_000 }, (_, n) => ({ name: `${n}`, data: Buffer.alloc(0) })))],
  ['220,000 folders', zipOf(wide(2_000))],
])('refusing %s takes less than 64 MiB and 1 s', async (_case, archive) => {
  const path = join(scratch, 'archive.zip');
  writeFileSync(path, archive);
  const report = await inNode(`
    import { readFileSync } from 'node:fs';
    const { checkArchive } = await import(${code('check-archive.ts')});
    const bytes = readFileSync(${JSON.stringify(path)});
    await checkArchive(Buffer.from('not a zip, only to warm up'));
    gc();
    const before = process.resourceUsage().maxRSS;
    const startedAt = performance.now();
    const { kind } = await checkArchive(bytes);
    const tookMs = performance.now() - startedAt;
    console.log(JSON.stringify({ kind, tookMs, grownMiB: (process.resourceUsage().maxRSS - before) / 1024 }));
  `);
  expect(report).toEqual({
    kind: 'refused',
    tookMs: expect.toSatisfy((took: number) => took < 1_000),
    grownMiB: expect.toSatisfy((grown: number) => grown < 64),
  });
});

test('a proxy that the environment names is not asked', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end('answer');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const proxy = `http://127.0.0.1:${address.port}`;
  const report = await inNode(
    `
    const { fetchArchive } = await import(${code('fetch-archive.ts')});
    const { parseAllowance } = await import(${code('address-rules.ts')});
    const allowed = parseAllowance(['127.0.0.1']);
    console.log(JSON.stringify([
      await fetchArchive('http://169.254.169.254/', { allowed }),
      (await fetchArchive('${proxy}/direct', { allowed })).kind,
    ]));
  `,
    { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy },
  );
  server.close();
  expect(report).toEqual([expect.objectContaining({ kind: 'refused' }), 'fetched']);
  expect(asked).toEqual(['/direct']);
});

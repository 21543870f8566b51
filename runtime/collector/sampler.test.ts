import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createSampler } from './sampler.ts';

test('a source that fails is left out and says why once, until it has worked again', async () => {
  const root = await mkdtemp(join(tmpdir(), 'vigia-sampler-'));
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(line) });
  const said = (source: string) => lines.filter((line) => line.includes(`"no metrics of ${source}"`)).length;
  const sample = createSampler({ proc: root, sys: root }, log);
  await mkdir(join(root, '1'));
  await writeFile(join(root, 'stat'), 'cpu0 1 0 0 1 0 0 0 0 0 0\nctxt 5\n');

  await sample();
  expect(Object.fromEntries(await sample())).toEqual({
    'cpu_percent-0': 0,
    'cpu_stats-ctx_switches': 5n,
    'cpu_stats-syscalls': 0n,
    n_pids: 1n,
  });
  expect(said('memory')).toBe(1);
  expect(said('network')).toBe(1);
  expect(said('cpu')).toBe(0);
  expect(lines.find((line) => line.includes('memory'))).toContain('ENOENT');

  await writeFile(join(root, 'meminfo'), 'MemTotal: 10 kB\nMemFree: 5 kB\n');
  expect((await sample()).get('virtual_memory-total')).toBe(10_240n);
  await rm(join(root, 'meminfo'));
  await sample();
  await sample();
  expect(said('memory')).toBe(2);
  await rm(root, { recursive: true });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFrequency } from './cpu-frequency.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vigia-frequency-'));
});
afterEach(() => rm(root, { recursive: true }));

async function frequencyWith(files: Record<string, string>): Promise<number | undefined> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return readFrequency({ proc: join(root, 'proc'), sys: join(root, 'sys') });
}

const cpuinfo = 'processor\t: 0\ncpu MHz\t\t: 1000.500\n\nprocessor\t: 1\ncpu MHz\t\t: 2000.000\n';
const policy = (name: string, file = 'scaling_cur_freq') => `sys/devices/system/cpu/cpufreq/${name}/${file}`;

test('without frequency scaling it is the mean of /proc/cpuinfo', async () => {
  expect(await frequencyWith({ 'proc/cpuinfo': cpuinfo })).toBe(1500.25);
});

test('/proc/cpuinfo also wins when it knows as many CPUs as there are policies', async () => {
  const files = { 'proc/cpuinfo': cpuinfo, [policy('policy0')]: '9000000\n', [policy('policy1')]: '9000000\n' };
  expect(await frequencyWith(files)).toBe(1500.25);
});

test('the policies answer when /proc/cpuinfo does not, each in the file that it has', async () => {
  const files = {
    'proc/cpuinfo': 'processor\t: 0\nBogoMIPS\t: 108.00\n',
    [policy('policy0')]: '1200000\n',
    [policy('policy4', 'cpuinfo_cur_freq')]: '2400000\n',
  };
  expect(await frequencyWith(files)).toBe(1800);
});

test('older kernels keep a folder in each CPU instead of policies', async () => {
  const files = {
    'proc/cpuinfo': '',
    'sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '800000\n',
    'sys/devices/system/cpu/cpu1/topology/core_id': '1\n',
  };
  expect(await frequencyWith(files)).toBe(800);
});

test('nobody knows: no number', async () => {
  expect(await frequencyWith({ 'proc/cpuinfo': 'processor\t: 0\n' })).toBeUndefined();
});

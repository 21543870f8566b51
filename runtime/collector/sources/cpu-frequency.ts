import { readdir, readFile } from 'node:fs/promises';
import type { Roots, Source } from './source.ts';

/** MHz of each CPU that /proc/cpuinfo tells about; architectures other than x86 tell nothing. */
function parseCpuinfoMhz(cpuinfo: string): number[] {
  return [...cpuinfo.matchAll(/^cpu mhz\s*:\s*([\d.]+)/gim)].map(([, mhz]) => Number(mhz));
}

/**
 * MHz now, the mean of all CPUs, as psutil's `cpu_freq().current`. /proc/cpuinfo wins when it knows as many CPUs as there
 * are scaling policies, because the files of a policy can take milliseconds to read. Undefined when nobody knows.
 */
export async function readFrequency({ proc, sys }: Roots): Promise<number | undefined> {
  const fromCpuinfo = parseCpuinfoMhz(await readFile(`${proc}/cpuinfo`, 'utf8'));
  const policies = await findPolicies(sys);
  if (policies.length === 0) return mean(fromCpuinfo);
  if (policies.length === fromCpuinfo.length) return mean(fromCpuinfo.map((mhz) => Math.trunc(mhz * 1000) / 1000));
  const fromPolicies = await Promise.all(policies.map(readPolicyMhz));
  return mean(fromPolicies.filter((mhz) => mhz !== undefined));
}

async function findPolicies(sys: string): Promise<string[]> {
  const cpus = `${sys}/devices/system/cpu`;
  const policies = (await namesIn(`${cpus}/cpufreq`)).filter((name) => /^policy\d/.test(name));
  if (policies.length > 0) return policies.map((name) => `${cpus}/cpufreq/${name}`);
  const folders = (await namesIn(cpus)).filter((name) => /^cpu\d/.test(name)).map((name) => `${cpus}/${name}/cpufreq`);
  const present = await Promise.all(folders.map(async (folder) => (await namesIn(folder)).length > 0));
  return folders.filter((_, index) => present[index]);
}

async function readPolicyMhz(folder: string): Promise<number | undefined> {
  for (const file of ['scaling_cur_freq', 'cpuinfo_cur_freq']) {
    const khz = Number.parseInt(await readFile(`${folder}/${file}`, 'utf8').catch(() => ''), 10);
    if (Number.isFinite(khz)) return khz / 1000;
  }
  return undefined;
}

/** A folder that is missing, or closed to us, is empty: virtual machines have no frequency scaling. */
const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function createCpuFrequencySource(roots: Roots): Source {
  return {
    name: 'cpu frequency',
    read: async () => {
      const mhz = await readFrequency(roots);
      return new Map(mhz === undefined ? [] : [['cpu_freq_current', mhz]]);
    },
  };
}

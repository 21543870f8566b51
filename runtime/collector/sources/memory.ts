import { readFile } from 'node:fs/promises';
import { roundToTenth } from './round-to-tenth.ts';
import type { Metrics, Roots, Source } from './source.ts';

/**
 * Bytes from /proc/meminfo by the formulas of psutil's `virtual_memory()`, which are those of `free`. Inside some
 * containers the numbers contradict one another; then used and available fall back as psutil's do.
 */
export function parseMemory(meminfo: string): Metrics {
  const lines = meminfo.matchAll(/^(\S+):\s+(\d+)/gm);
  const fields = new Map([...lines].map(([, name = '', kib = '']) => [name, BigInt(kib) * 1024n]));
  const bytes = (name: string): bigint => fields.get(name) ?? 0n;
  if (!fields.has('MemTotal') || !fields.has('MemFree')) throw new Error('meminfo without MemTotal and MemFree');

  const total = bytes('MemTotal');
  const free = bytes('MemFree');
  const buffers = bytes('Buffers');
  const cached = fields.has('Cached') ? bytes('Cached') + bytes('SReclaimable') : 0n;
  const used = total - free - cached - buffers;
  // Kernels since 3.14 say MemAvailable; the sum is psutil's own last resort.
  const promised = fields.get('MemAvailable') ?? free + bytes('Cached');
  const available = promised > total ? free : promised;
  const percent = total === 0n ? 0 : roundToTenth((Number(total - available) / Number(total)) * 100);

  return new Map<string, bigint | number>([
    ['virtual_memory-total', total],
    ['virtual_memory-available', available],
    ['virtual_memory-percent', percent],
    ['virtual_memory-used', used < 0n ? total - free : used],
    ['virtual_memory-free', free],
    ['virtual_memory-active', bytes('Active')],
    ['virtual_memory-inactive', bytes('Inactive')],
    ['virtual_memory-buffers', buffers],
    ['virtual_memory-cached', cached],
    ['virtual_memory-shared', fields.get('Shmem') ?? bytes('MemShared')],
    ['virtual_memory-slab', bytes('Slab')],
  ]);
}

export function createMemorySource({ proc }: Roots): Source {
  return { name: 'memory', read: async () => parseMemory(await readFile(`${proc}/meminfo`, 'utf8')) };
}

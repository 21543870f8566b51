import { expect, test } from 'vitest';
import { parseMemory } from './memory.ts';

const meminfo = (fields: Record<string, number>) =>
  Object.entries(fields)
    .map(([name, kib]) => `${name}:      ${kib} kB\n`)
    .join('');

const usual = {
  MemTotal: 1000,
  MemFree: 300,
  MemAvailable: 700,
  Buffers: 50,
  Cached: 200,
  Active: 400,
  Inactive: 100,
  Shmem: 9,
  Slab: 40,
  SReclaimable: 30,
};

const read = (fields: Record<string, number>) =>
  Object.fromEntries(
    [...parseMemory(meminfo(fields))].map(([name, value]) => [
      name.replace('virtual_memory-', ''),
      typeof value === 'bigint' ? Number(value) / 1024 : value,
    ]),
  );

test('reclaimable slab is cache; used is what is neither free nor cache nor buffers', () => {
  expect(read(usual)).toEqual({
    total: 1000,
    available: 700,
    percent: 30,
    used: 420,
    free: 300,
    active: 400,
    inactive: 100,
    buffers: 50,
    cached: 230,
    shared: 9,
    slab: 40,
  });
});

test('used that would be negative is everything that is not free', () => {
  expect(read({ ...usual, Cached: 900 }).used).toBe(700);
});

test('more available than there is in total is what is free', () => {
  expect(read({ ...usual, MemAvailable: 2000 })).toMatchObject({ available: 300, percent: 70 });
});

test('without MemAvailable it is free and cached', () => {
  const { MemAvailable: _, ...old } = usual;
  expect(read(old)).toMatchObject({ available: 500, percent: 50 });
});

test('fields that a kernel does not have are 0', () => {
  expect(read({ MemTotal: 100, MemFree: 40 })).toMatchObject({ used: 60, buffers: 0, cached: 0, shared: 0, slab: 0 });
});

test('a text that is not meminfo is refused', () => {
  expect(() => parseMemory('nothing here')).toThrow('MemTotal');
});

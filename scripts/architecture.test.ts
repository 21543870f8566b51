import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keysFor } from '#lib/keys';

const ROOT = join(import.meta.dirname, '..');
const lines = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('\n');

const rows = lines
  .filter((line) => line.startsWith('| `vigia:'))
  .map((line) => line.split(' | ')[0] ?? '')
  .join('\n');

/** Every key and channel, or what each of a kind begins with. */
function allOf(keys: object): string[] {
  return Object.values(keys).flatMap((key) => {
    if (typeof key === 'string') return [key];
    if (typeof key === 'function') return [String(key('NAME', '1m'))];
    return allOf(key);
  });
}

/** What tells it from its neighbours: `last-id` of `vigia:{@jobs}:last-id`. */
const ownName = (key: string) => key.split(':').findLast((part) => /^@?[a-z][a-z-]*$/.test(part)) ?? key;

test('the table of keys in ARCHITECTURE.md has every key and channel', () => {
  const { jobs, ...others } = keysFor('vigia:');
  // Those are BullMQ's, and one row.
  const { permits: _, ...ours } = jobs;
  const names = allOf({ ...others, ours }).map(ownName);
  const isTold = (name: string) => new RegExp(`(?<![a-z-])${name}(?![a-z-])`).test(rows);
  expect([names.length > 40, names.filter((name) => !isTold(name))]).toEqual([true, []]);
});

test.each(['lib', 'runtime', 'cli'])('the list of folders in ARCHITECTURE.md has all of %s', (folder) => {
  const from = lines.findIndex((line) => line.split(/\s/)[0] === `${folder}/`);
  const length = lines.slice(from + 1).findIndex((line) => !line.startsWith('  '));
  const told = lines.slice(from + 1, from + 1 + length).join('\n');
  const inside = readdirSync(join(ROOT, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(inside.map(({ name }) => name).filter((name) => !new RegExp(`(?:^| )${name}/ `, 'm').test(told))).toEqual([]);
});

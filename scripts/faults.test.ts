import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Such as `lib/log.test.ts`: _a line_, _another line_; a name may be the middle of a test's own, and leave something out with …. */
const told = [...read('docs/faults.md').matchAll(/`([\w./-]+\.test\.ts)`: ((?:_[^_|]+_(?:, )?)+)/g)].flatMap(
  ([, file = '', names = '']) => [...names.matchAll(/_([^_]+)_/g)].map(([, name = '']) => ({ file, name })),
);

test('there are names in it', () => expect(told.length).toBeGreaterThan(20));

test.each(told)('docs/faults.md names a test that $file has: $name', ({ file, name }) => {
  const parts = name.split('…').map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  expect(read(file)).toMatch(new RegExp(`(?:test|describe)[^]*?['"\`][^\\n]*${parts.join('[^\\n]*')}`));
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Says which of our files and of other people's packages come with a module. */
const TELL = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({ load(url, context, next) { loaded.add(url); return next(url, context); } });
  await import(process.argv[1]);
  console.log([...loaded].join('\\n'));
`;

function loadedWith(module: string): string {
  const program = join(ROOT, 'node_modules', '.bin', 'node');
  return execFileSync(program, ['--input-type=module', '-e', TELL, join(ROOT, module)], { encoding: 'utf8' });
}

// Each process that needs it not would have it in memory all the time.
test('the all-in-one, which only starts the others, has no client of Redis and no TLS', () => {
  const loaded = loadedWith('runtime/all-in-one/role.ts');
  expect(loaded).toContain('/runtime/all-in-one/embedded-redis.ts');
  expect(loaded).not.toMatch(/node_modules\/ioredis|node:tls/);
});

test.each(['collector', 'functions', 'jobs'])('the %s role does not have what reads overviews', (role) => {
  const loaded = loadedWith(`runtime/${role}/role.ts`);
  expect(loaded).toContain('node_modules/ioredis');
  expect(loaded).not.toMatch(/\/lib\/functions\/overview\/(?!overview-memory)|\/lib\/series\/small-curve/);
});

import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { overview, overviewQuery } from '#lib/schemas/overview';
import { addTickNow, seedFunctions } from '../../../e2e/support/seeded-functions.ts';
import { deleteFunction } from '../delete-function.ts';
import { admin, registrySuite } from '../registry.fixture.ts';
import { updateSettings } from '../update-settings.ts';
import { OverviewMemory } from './overview-memory.ts';
import { readOverview } from './read-overview.ts';

const registry = registrySuite();
const ask = async (ctx: Context, query: Record<string, unknown> = {}) =>
  overview.parse(await readOverview(ctx, overviewQuery.parse(query)));
/** As seen by another process, which keeps nothing yet. */
const anew = (ctx: Context): Context => ({ ...ctx, overview: new OverviewMemory() });
const names = ({ functions }: { functions: { name: string }[] }) => functions.map(({ name }) => name);

/** One tick after another, and then only failures. */
const goodUntil = (end: number) => (i: number) => (i < end ? { load: i } : failure.message);
const failure = { kind: 'invocation', message: 'KeyError' } as const;

test('functions that need somebody come first; they are counted, found, filtered and put on pages', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [
    { name: 'a-runs', tick: () => ({ load: 1 }) },
    {
      name: 'b-fails',
      state: { status: 'failing', failure, failedInARow: 3 },
      tick: (i) => (i < 170 ? { x: i } : 'no'),
    },
    { name: 'c-old', untilMs: 300_000 },
    { name: 'd-off' },
    { name: 'e-new', state: { status: 'waiting' }, forMs: 0 },
  ]);
  await updateSettings(ctx, admin, { name: 'd-off', changes: { enabled: false } });
  const all = await ask(ctx);
  expect(names(all)).toEqual(['b-fails', 'c-old', 'e-new', 'a-runs', 'd-off']);
  expect(all.counts).toEqual({ failing: 1, stale: 1, waiting: 1, running: 1, disabled: 1 });
  const [fails, old, fresh, , off] = all.functions;
  expect(fails).toMatchObject({ figure: { name: 'x', value: 169 }, failure: { message: 'KeyError', inARow: 3 } });
  expect(fails?.curve.failures).toHaveLength(1);
  expect(old?.curve.times.length).toBeGreaterThan(50);
  expect(fresh).toMatchObject({ figure: null, tookMs: null, curve: { times: [] } });
  expect(off?.disabledBy).toBe('admin');

  expect(names(await ask(ctx, { sort: 'name' }))).toEqual(['a-runs', 'b-fails', 'c-old', 'd-off', 'e-new']);
  expect(names(await ask(ctx, { sort: 'changed' }))[0]).toBe('d-off');
  expect(names(await ask(ctx, { state: 'failing' }))).toEqual(['b-fails']);
  expect(names(await ask(ctx, { q: ' RUNS' }))).toEqual(['a-runs']);
  const second = await ask(ctx, { sort: 'name', limit: 2, page: 2 });
  expect([names(second), second.matching, second.pages, second.total]).toEqual([['c-old', 'd-off'], 5, 3, 5]);
  expect((await ask(ctx, { limit: 2, page: 9 })).page).toBe(3);
});

test('a function that nothing runs any more says so, and what it failed with stays', async () => {
  const ctx = registry.open();
  const state = { status: 'failing', failure, failedInARow: 3 } as const;
  await seedFunctions(ctx, [{ name: 'a', state, untilMs: 60_000, tick: () => failure.message }, { name: 'b' }]);
  await ctx.redis.del(ctx.keys.lease('a'));
  const { functions } = await ask(ctx);
  expect(functions.map(({ status, staleCause }) => [status, staleCause])).toEqual([
    ['stale', 'nothing-runs'],
    ['live', null],
  ]);
  expect(functions[0]?.failure).toMatchObject({ message: 'KeyError', inARow: 3 });
});

test('code that does not load took no time, because it is never called', async () => {
  const ctx = registry.open();
  const broken = { kind: 'init', message: 'ImportError' } as const;
  await seedFunctions(ctx, [
    { name: 'a', state: { status: 'crashing', failure: broken }, tick: () => broken.message },
    { name: 'b', state: { status: 'failing', failure }, tick: () => failure.message },
  ]);
  const { functions } = await ask(ctx);
  expect(functions.map(({ tookMs, lagMs }) => [tookMs, lagMs])).toEqual([
    [null, null],
    [1.9, 0.4],
  ]);
});

test('the age of a number is that of the good result that it is from, never of the failures since', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [
    { name: 'long-fails', state: { status: 'failing', failure }, forMs: 1_800_000, tick: goodUntil(120) },
    { name: 'only-fails', state: { status: 'failing', failure }, tick: () => failure.message },
  ]);
  await ctx.redis.set('long-fails-out', '{"load": 119}');
  // It is older than the history, or not even this function's.
  await ctx.redis.set('only-fails-out', '{"load": 10}');
  const { now, functions } = await ask(ctx);
  const [long, only] = functions;
  expect(long).toMatchObject({ figure: { value: 119 } });
  expect(Math.round((now - (long?.dataAt ?? 0)) / 60_000)).toBe(20);
  expect(only).toMatchObject({ figure: { value: null }, dataAt: null });
});

test('what has come since is put onto the curve that is known, and it is the curve that is read anew', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [{ name: 'a', tick: (i) => ({ n: i }) }]);
  const before = await ask(ctx);
  await addTickNow(ctx, 'a', { n: 1_000 });
  const later = { ...ctx, overview: Object.assign(new OverviewMemory(), { curves: ctx.overview.curves }) };
  const after = await ask(later);
  expect(after.functions[0]?.figure?.value).toBe(1_000);
  const { now: _, ...whole } = await ask(anew(ctx));
  expect(after).toMatchObject({ total: whole.total, counts: whole.counts });
  expect(after.functions[0]?.curve.values.at(-1)).toBe(1_000);
  expect(after.functions[0]?.curve.times).toEqual(whole.functions[0]?.curve.times);
  const since = await ask(later, { since: before.now });
  expect(since.functions[0]?.curve.times.length).toBeLessThan(5);
  expect(since.functions[0]?.curve.times.at(-1)).toBe(after.functions[0]?.curve.times.at(-1));
});

test('many viewers cost what one does', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [{ name: 'a' }, { name: 'b' }]);
  await ask(ctx);
  const commands = async () => Number(/total_commands_processed:(\d+)/.exec(await ctx.redis.info('stats'))?.[1]);
  const before = await commands();
  await Promise.all(Array.from({ length: 200 }, () => ask(ctx)));
  // A second may go by between; then everything is read once more.
  expect((await commands()) - before).toBeLessThan(40);
});

test('a number that has vanished from the results is still shown as it was; a deleted function is not', async () => {
  const ctx = registry.open();
  const state = { status: 'failing', failure, failedInARow: 60 } as const;
  await seedFunctions(ctx, [{ name: 'a', state, tick: (i) => (i < 120 ? { x: i } : 'no') }, { name: 'b' }]);
  const { functions } = await ask(ctx);
  expect(functions[0]).toMatchObject({ name: 'a', figure: { name: 'x', value: 119 } });
  await ctx.redis.del(ctx.keys.lease('b'));
  await deleteFunction(ctx, admin, { name: 'b' });
  expect(names(await ask(anew(ctx)))).toEqual(['a']);
});

import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { exportedHistory } from '#lib/schemas/export';
import { seedFunctions } from '../../../e2e/support/seeded-functions.ts';
import { writeRaw } from '../../../runtime/functions/history/history.fixture.ts';
import { rollUpHistory } from '../../../runtime/functions/history/roll-up.ts';
import { registrySuite } from '../registry.fixture.ts';
import { csvOf, jsonOf } from './export-text.ts';
import { openExport } from './open-export.ts';

const registry = registrySuite();

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}
const exported = async (ctx: Context, range: { from: number; to: number }) => {
  const csv = await textOf(csvOf(await openExport(ctx, { name: 'a', ...range })));
  const json = exportedHistory.parse(JSON.parse(await textOf(jsonOf(await openExport(ctx, { name: 'a', ...range })))));
  return { lines: csv.split('\r\n').slice(0, -1), json };
};

test('every invocation of the range is a row, also where charts show fewer points', async () => {
  const ctx = registry.open();
  const forMs = 1_500_000;
  await seedFunctions(ctx, [
    {
      name: 'a',
      state: { periodMs: 1_000 },
      forMs,
      tick: (i) => (i === 7 ? '=1+1, "no"' : i < 1_000 ? { n: i } : { n: i, '=late': { deep: -1.5 } }),
    },
  ]);
  const now = Date.now();
  const { lines, json } = await exported(ctx, { from: now - 2 * forMs, to: now });
  expect(lines[0]).toBe("time,n,'=late.deep,duration_ms,lag_ms,version,failure");
  expect(lines).toHaveLength(1_501);
  expect(lines[8]).toMatch(/^[\d-]+T[\d:.]+Z,,,1\.9,0\.4,abc1234,"'=1\+1, ""no"""$/);
  expect(lines[1_500]).toMatch(/Z,1499,-1\.5,1\.9,0\.4,abc1234,$/);
  expect([json.function, json.tier, json.resolutionMs, json.rows.length]).toEqual(['a', 'raw', null, 1_500]);
  expect(json.rows[1_499]).toMatchObject({ values: { n: 1_499, '=late.deep': -1.5 }, failure: null });
  expect(json.rows[7]).toMatchObject({ values: {}, failure: '=1+1, "no"' });

  const [first, second] = json.rows;
  const narrow = { from: Date.parse(first?.time ?? ''), to: Date.parse(second?.time ?? '') };
  expect((await exported(ctx, narrow)).lines).toHaveLength(3);
});

test('nothing in the range is a table without rows', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [{ name: 'a' }]);
  const { lines, json } = await exported(ctx, { from: 1, to: 2 });
  expect(lines).toEqual(['time,duration_ms,lag_ms,version,failure']);
  expect(json.rows).toEqual([]);
});

test('a range that single invocations do not go back to comes from the finest tier that does', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [{ name: 'a', forMs: 0 }]);
  const hour = 3_600_000;
  const to = Math.floor(Date.now() / hour) * hour;
  function* ticks() {
    for (let at = to - 6 * hour; at < to; at += 15_000) {
      yield at === to - 5 * hour
        ? { at, failure: 'no', version: 'v' }
        : { at, result: `{"n":${at % 60_000}}`, version: 'v' };
    }
  }
  await writeRaw(ctx, 'a', ticks());
  await rollUpHistory(ctx, 'a');
  await ctx.redis.xtrim(ctx.keys.history('a'), 'MINID', `${to - 2 * hour}`);
  const { lines, json } = await exported(ctx, { from: to - 6 * hour, to: to - 1 });
  expect([json.tier, json.resolutionMs, json.rows.length]).toEqual(['1m', 60_000, 360]);
  expect(json.rows[0]).toMatchObject({
    time: new Date(to - 6 * hour).toISOString(),
    values: { n: { min: 0, mean: 22_500, max: 45_000, last: 45_000 } },
    good: 4,
    failed: 0,
  });
  expect(json.rows[60]).toMatchObject({ good: 3, failed: 1, failure: 'no' });
  expect(lines[0]).toBe('time,n min,n mean,n max,good,failed,failure');
  expect(lines[61]).toMatch(/Z,15000,30000,45000,3,1,no$/);
});

test('a result with the names of what every object has is a result like any other', async () => {
  const ctx = registry.open();
  await seedFunctions(ctx, [
    { name: 'a', forMs: 5_000, tick: () => JSON.parse('{"__proto__":{"polluted":1},"__proto__.x":2,"toString":3}') },
  ]);
  const { lines } = await exported(ctx, { from: 0, to: Date.now() });
  expect(lines[0]).toBe('time,__proto__.polluted,__proto__.x,toString,duration_ms,lag_ms,version,failure');
  expect(lines[1]).toContain('Z,1,2,3,');
  expect('polluted' in {}).toBe(false);
});

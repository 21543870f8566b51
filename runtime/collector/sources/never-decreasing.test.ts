import { expect, test } from 'vitest';
import { createUnwrapper } from './never-decreasing.ts';

const of = (values: Record<string, bigint>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, new Map([['bytes_sent', value]])]));

test('a counter that starts again goes on from where it was, as often as it does so', () => {
  const unwrap = createUnwrapper();
  const shown = [100n, 150n, 20n, 30n, 5n].map((value) =>
    unwrap(of({ eth0: value }))
      .get('eth0')
      ?.get('bytes_sent'),
  );
  expect(shown).toEqual([100n, 150n, 170n, 180n, 185n]);
});

test('an interface that was gone starts anew', () => {
  const unwrap = createUnwrapper();
  unwrap(of({ tun0: 100n, lo: 1n }));
  unwrap(of({ tun0: 10n, lo: 1n }));
  unwrap(of({ lo: 1n }));
  expect(unwrap(of({ tun0: 3n, lo: 1n }))).toEqual(of({ tun0: 3n, lo: 1n }));
});

import { expect, test, vi } from 'vitest';
import { isUnavailable, VigiaError } from './errors.ts';

test('an error of another copy of this module is known as well; what only looks like one is not', async () => {
  vi.resetModules();
  const copy = await import('./errors.ts');
  expect(copy.VigiaError).not.toBe(VigiaError);
  const thrown = new copy.VigiaError('unavailable', 'away');
  expect([thrown instanceof VigiaError, isUnavailable(thrown)]).toEqual([true, true]);
  for (const other of [new Error('away'), { code: 'unavailable', name: 'VigiaError' }, null, 'away']) {
    expect(other instanceof VigiaError).toBe(false);
  }
});

import { expect, test } from 'vitest';
import { differencesOf } from './describe-change.ts';

test.each([
  ['nothing', null, null, []],
  ['made', null, { name: 'grace', expiresAt: null }, [{ name: 'name', before: null, after: 'grace' }]],
  ['gone', { uid: 3 }, null, [{ name: 'uid', before: '3', after: null }]],
  [
    'changed, where only some of it did',
    { role: 'user', disabled: false },
    { role: 'admin', disabled: false },
    [{ name: 'role', before: 'user', after: 'admin' }],
  ],
  [
    'durations',
    { periodMs: 5000 },
    { periodMs: 500 },
    [{ name: 'periodMs', before: { ms: 5000 }, after: { ms: 500 } }],
  ],
  ['moments', null, { expiresAt: 7 }, [{ name: 'expiresAt', before: null, after: { at: 7 } }]],
  ['no object', 'a', 'b', [{ name: '', before: 'a', after: 'b' }]],
  ['nested', { code: { version: 1 } }, {}, [{ name: 'code', before: '{"version":1}', after: null }]],
])('%s', (_what, before, after, differences) => {
  expect(differencesOf({ before, after })).toEqual(differences);
});

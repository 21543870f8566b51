import { expect, test } from 'vitest';
import { inputChanges, keyCount } from './input-changes.ts';

test('values that are others, new or gone, by their path', () => {
  const before = '{"a": 1, "b": {"c": [1, 2], "d": "x"}, "same": null, "gone": {}}';
  const after = '{"a": 2, "b": {"c": [1, 3], "d": "x"}, "same": null, "new": true}';
  expect(inputChanges(before, after)).toEqual([
    { path: 'a', before: '1', after: '2' },
    { path: 'b.c.1', before: '2', after: '3' },
    { path: 'new', before: null, after: 'true' },
    { path: 'gone', before: '{}', after: null },
  ]);
});

test('order and spacing are no difference', () => {
  expect(inputChanges('{"a":1,"b":2}', '{ "b": 2, "a": 1 }')).toEqual([]);
});

test('a text that is cut or no JSON cannot be compared', () => {
  expect(inputChanges('{"a": 1', '{"a": 1}')).toBeNull();
  expect([keyCount('{"a": {"b": 1, "c": 2}}'), keyCount('nope')]).toEqual([2, null]);
});
